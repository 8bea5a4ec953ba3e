// SPDX-License-Identifier: GPL-3.0-or-later
// Opens a graph in a web editor in headless Chromium and prints one line of JSON: milliseconds from the navigation until every
// node stands there (open), for a frame of panning (pan), a step of zooming (zoom), a frame with the whole graph in view (whole),
// and megabytes of all the browser's processes (memory). usage: run-canvas-peer.cjs PEER GRAPH CHROMIUM
"use strict";
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");
const path = require("node:path");
const { chromium } = require("playwright-core");

const [peer, graphFile, browserPath] = process.argv.slice(2);
const graph = JSON.parse(fs.readFileSync(graphFile, "utf8"));
const LONGEST = 120000;

// Runs in the page: how long a change takes until the frame after it is drawn, mean of so many.
const measureFrames = `window.measureFrames = async (frames, change) => {
  const drawn = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  }));
  await drawn();
  const start = performance.now();
  for (let i = 0; i < frames; i++) { change(i); await drawn(); }
  return (performance.now() - start) / frames;
}`;

// Proportional share of memory of a process and everything that it started.
function readMemory(root) {
  const parents = new Map();
  for (const entry of fs.readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = fs.readFileSync(`/proc/${entry}/stat`, "utf8");
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch { /* it ended meanwhile */ }
  }
  const belongs = (pid) => { while (pid > 1) { if (pid === root) return true; pid = parents.get(pid) ?? 0; } return false; };
  let kilobytes = 0;
  for (const pid of parents.keys()) {
    if (!belongs(pid) || pid === process.pid) continue;
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))[1]);
    } catch { /* it ended meanwhile */ }
  }
  return kilobytes / 1024;
}

async function serveReactFlow(onlyVisible) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canvas-peer-"));
  const bundle = path.join(folder, "page.js");
  await require("esbuild").build({
    entryPoints: [path.join(__dirname, "react-flow-page.jsx")], outfile: bundle, bundle: true, minify: true,
    define: { "process.env.NODE_ENV": '"production"' }, logLevel: "error",
  });
  const page = `<!doctype html><link rel=stylesheet href=page.css><style>html,body,#root{height:100%;margin:0}</style>
<div id=root></div><script>window.graph=${JSON.stringify(graph)};window.onlyVisible=${onlyVisible}</script>
<script src=page.js></script>`;
  const server = http.createServer((request, answer) => {
    const file = path.join(folder, path.basename(request.url));
    if (request.url === "/") answer.setHeader("content-type", "text/html").end(page);
    else if (fs.existsSync(file)) {
      answer.setHeader("content-type", file.endsWith("css") ? "text/css" : "text/javascript").end(fs.readFileSync(file));
    } else answer.writeHead(404).end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => { server.close(); fs.rmSync(folder, { recursive: true }); } };
}

async function serveNodeRed() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "canvas-peer-"));
  const next = new Map(graph.nodes.map(({ id }) => [id, []]));
  for (const [from, to] of graph.edges) next.get(from).push(`n${to}`);
  const flow = [{ id: "tab", type: "tab", label: "Graph", disabled: true }].concat(graph.nodes.map(({ id, x, y, label }) => ({
    id: `n${id}`, type: "function", z: "tab", name: label.slice(0, 30), x: x + 160, y: y + 40, outputs: 1, func: "return msg;",
    wires: [next.get(id)],
  })));
  fs.writeFileSync(path.join(folder, "flows.json"), JSON.stringify(flow));
  const RED = require("node-red");
  const server = http.createServer((request, answer) => app(request, answer));
  const app = require("express")();
  RED.init(server, { httpAdminRoot: "/", httpNodeRoot: false, userDir: folder, flowFile: "flows.json", credentialSecret: false,
    logging: { console: { level: "off" } }, editorTheme: { tours: false, projects: { enabled: false } }, telemetry: { enabled: false } });
  app.use("/", RED.httpAdmin);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  await RED.start();
  return { url: `http://127.0.0.1:${server.address().port}/`,
    close: async () => { await RED.stop(); server.close(); fs.rmSync(folder, { recursive: true }); } };
}

// What is asked of the pages: how many nodes stand there, and the changes whose frames are measured.
const reactFlow = {
  ready: (n) => window.instance && document.querySelectorAll(".react-flow__node").length >= n,
  pan: () => window.measureFrames(40, (i) => {
    const { x, y, zoom } = window.instance.getViewport();
    window.instance.setViewport({ x: x - (i % 2 ? 40 : 30), y: y - 25, zoom });
  }),
  zoom: () => window.measureFrames(40, (i) => { (i % 8 < 4 ? window.instance.zoomOut : window.instance.zoomIn)({ duration: 0 }); }),
  whole: async () => {
    await window.instance.fitView({ duration: 0 });
    return window.measureFrames(40, (i) => {
      const { x, y, zoom } = window.instance.getViewport();
      window.instance.setViewport({ x: x + (i % 2 ? 4 : -4), y, zoom });
    });
  },
};
const nodeRed = {
  ready: (n) => document.querySelectorAll("#red-ui-workspace-chart .red-ui-flow-node").length >= n,
  pan: () => window.measureFrames(40, (i) => {
    const chart = document.getElementById("red-ui-workspace-chart");
    chart.scrollLeft += i % 2 ? 30 : -20;
    chart.scrollTop += 25;
  }),
  zoom: () => window.measureFrames(40, (i) => { window.RED.actions.invoke(i % 8 < 4 ? "core:zoom-out" : "core:zoom-in"); }),
  whole: async () => {
    for (let i = 0; i < 12; i++) window.RED.actions.invoke("core:zoom-out");
    return window.measureFrames(40, (i) => {
      document.getElementById("red-ui-workspace-chart").scrollTop += i % 2 ? 4 : -4;
    });
  },
};
const peers = {
  "react-flow": { serve: () => serveReactFlow(false), page: reactFlow, n: graph.nodes.length },
  // Draws what is in view only, so the first node is all that can be waited for.
  "react-flow-visible": { serve: () => serveReactFlow(true), page: reactFlow, n: 1 },
  "node-red": { serve: serveNodeRed, page: nodeRed, n: graph.nodes.length },
};

async function main() {
  const { serve, page: asked, n } = peers[peer];
  const served = await serve();
  // A frame as soon as the one before is drawn: the rasteriser's time counts, not the screen's rate.
  const browser = await chromium.launchServer({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu",
    "--disable-gpu-vsync", "--disable-frame-rate-limit"] });
  const client = await chromium.connect(browser.wsEndpoint());
  const page = await client.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(measureFrames);
  const start = performance.now();
  await page.goto(served.url, { waitUntil: "commit", timeout: LONGEST });
  await page.waitForFunction(asked.ready, n, { timeout: LONGEST, polling: "raf" });
  await page.evaluate(() => window.measureFrames(1, () => {}));
  const result = { open: performance.now() - start };
  for (const what of ["pan", "zoom", "whole"]) result[what] = await page.evaluate(asked[what]);
  result.memory = readMemory(browser.process().pid);
  console.log(JSON.stringify(result));
  await browser.close();
  await served.close();
  process.exit(0);
}

main().catch((error) => { console.error(error); process.exit(1); });
