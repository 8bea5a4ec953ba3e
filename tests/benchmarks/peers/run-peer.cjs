// SPDX-License-Identifier: GPL-3.0-or-later
// Runs one rule engine over the rules and events that bench-engine wrote, for so many seconds at most, and prints one line of
// JSON: how many events it took, how many matches they gave, and the seconds. usage: run-peer.cjs PEER FOLDER SECONDS
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const [peer, folder, seconds] = process.argv.slice(2);
const words = (name) => fs.readFileSync(path.join(folder, name), "utf8").trim().split("\n").map((line) => line.split(" "));
const rules = words("rules.txt").map(([type, source, threshold]) => ({ type, source, threshold: Number(threshold) }));
const events = words("events.txt").map(([type, source, score]) => ({ type, source, score: Number(score) }));

// Takes events one by one until the time is over; decide answers (or promises) the number of matches.
async function measure(decide) {
  const limit = Number(seconds) * 1000;
  let n = 0;
  let matches = 0;
  const start = performance.now();
  while (n < events.length) {
    matches += await decide(events[n++]);
    if (n % 16 === 0 && performance.now() - start > limit) break;
  }
  return { n, matches, seconds: (performance.now() - start) / 1000 };
}

const peers = {
  // One engine for each event type: its better way.
  async "json-rules-engine"() {
    const { Engine } = require("json-rules-engine");
    const engines = new Map();
    for (const rule of rules) {
      if (!engines.has(rule.type)) engines.set(rule.type, new Engine([], { allowUndefinedFacts: true }));
      engines.get(rule.type).addRule({
        conditions: {
          all: [
            { fact: "source", operator: "equal", value: rule.source },
            { fact: "score", operator: "greaterThanInclusive", value: rule.threshold },
          ],
        },
        event: { type: "match" },
      });
    }
    return measure(async (event) => {
      const engine = engines.get(event.type);
      return engine ? (await engine.run({ source: event.source, score: event.score })).events.length : 0;
    });
  },

  async rools() {
    const { Rools, Rule } = require("rools");
    // Rools takes premises with the same source text for the same one: each has its constants in its text.
    const premise = (text) => new Function("facts", `return facts.event.${text};`);
    const session = new Rools({ logging: { error: false, debug: false } });
    await session.register(
      rules.map(
        (rule, i) =>
          new Rule({
            name: `rule-${i}`,
            when: [
              premise(`type === ${JSON.stringify(rule.type)}`),
              premise(`source === ${JSON.stringify(rule.source)}`),
              premise(`score >= ${rule.threshold}`),
            ],
            then: (facts) => {
              facts.count.matches += 1;
            },
          }),
      ),
    );
    return measure(async (event) => {
      const count = { matches: 0 };
      await session.evaluate({ event, count });
      return count.matches;
    });
  },

  async "node-rules"() {
    const { RuleEngine } = require("node-rules");
    const engine = new RuleEngine(
      rules.map((rule) => ({
        condition(R, fact) {
          R.when(fact.type === rule.type && fact.source === rule.source && fact.score >= rule.threshold);
        },
        consequence(R, fact) {
          fact.matches += 1;
          R.next();
        },
      })),
      { ignoreFactChanges: true },
    );
    return measure(
      (event) =>
        new Promise((resolve) => {
          engine.execute({ ...event, matches: 0 }, (fact) => resolve(fact.matches));
        }),
    );
  },

  // In process: one switch by type, then one for source and one for the threshold a rule, as a person would wire it.
  async "node-red"() {
    const RED = require("node-red");
    const flows = [{ id: "tab", type: "tab", label: "rules" }];
    const types = [...new Set(rules.map((rule) => rule.type))];
    const is = (value, type) => ({ t: type, v: String(value), vt: type === "gte" ? "num" : "str" });
    const add = (id, property, test, wires) =>
      flows.push({ id, type: "switch", z: "tab", property, propertyType: "msg", rules: test, checkall: "true",
        outputs: test.length, wires });
    rules.forEach((rule, i) => {
      add(`source-${i}`, "source", [is(rule.source, "eq")], [[`score-${i}`]]);
      add(`score-${i}`, "score", [is(rule.threshold, "gte")], [["count"]]);
    });
    add("type", "kind", types.map((type) => is(type, "eq")),
      types.map((type) => rules.flatMap((rule, i) => (rule.type === type ? [`source-${i}`] : []))));
    flows.push({ id: "count", type: "function", z: "tab", outputs: 0, wires: [],
      func: "global.get('bench').matches += 1; return null;" });
    const settings = path.join(folder, "node-red");
    fs.mkdirSync(settings, { recursive: true });
    fs.writeFileSync(path.join(settings, "flows.json"), JSON.stringify(flows));
    const bench = { matches: 0 };
    RED.init({ userDir: settings, flowFile: "flows.json", httpAdminRoot: false, httpNodeRoot: false, disableEditor: true,
      logging: { console: { level: "off" } }, functionGlobalContext: { bench }, telemetry: { enabled: false } });
    const started = new Promise((resolve) => RED.events.once("flows:started", resolve));
    await RED.start();
    await started;
    const first = RED.nodes.getNode("type");
    // Messages go from node to node by setImmediate, three nodes deep; a little more, so that every match is counted.
    const settle = async () => {
      for (let i = 0; i < 8; i++) await new Promise(setImmediate);
    };
    const result = await measure(async (event) => {
      const before = bench.matches;
      first.receive({ kind: event.type, source: event.source, score: event.score });
      await settle();
      return bench.matches - before;
    });
    RED.stop();
    return result;
  },
};

(async () => {
  if (!(peer in peers)) process.exit(2);
  const result = await peers[peer]();
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
