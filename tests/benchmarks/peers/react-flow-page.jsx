// SPDX-License-Identifier: GPL-3.0-or-later
// A page with a graph in React Flow, for the benchmark of the canvas. The graph is window.graph, the flags window.onlyVisible.
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { Background, MiniMap, ReactFlow } from "@xyflow/react";
import "@xyflow/react/dist/style.css";

const nodes = window.graph.nodes.map(({ id, x, y, label }) => ({
  id: String(id), position: { x, y }, data: { label }, style: { width: 280 },
}));
const edges = window.graph.edges.map(([from, to]) => ({
  id: `${from}-${to}`, source: String(from), target: String(to), type: "smoothstep",
}));

createRoot(document.getElementById("root")).render(
  createElement(ReactFlow, {
    defaultNodes: nodes, defaultEdges: edges, minZoom: 0.002, onlyRenderVisibleElements: window.onlyVisible,
    onInit: (instance) => { window.instance = instance; },
  }, createElement(Background), createElement(MiniMap)));
