// node bench/run.mjs: what an update of a streaming answer costs in Chromium (CHROMIUM names another).
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview } from "vite";

const MOST_MS = 25;
const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const root = new URL("..", import.meta.url).pathname;
const folder = await mkdtemp(join(tmpdir(), "lisa-bench-"));
const outDir = join(folder, "dist");

function results() {
  let told;
  const result = new Promise((resolve) => {
    told = resolve;
  });
  const listen = (request, response, next) => {
    if (request.url !== "/result") return next();
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      response.end();
      told(JSON.parse(Buffer.concat(parts).toString()));
    });
  };
  const plugin = {
    name: "result",
    configurePreviewServer: (server) => void server.middlewares.use(listen),
  };
  return { result, plugin };
}

const { result, plugin } = results();
const input = join(root, "bench/stream.html");
const page = { outDir, emptyOutDir: true, rollupOptions: { input } };
await build({ root, base: "/", logLevel: "error", build: page });
const preview_ = { host: "127.0.0.1", port: 0 };
const server = await preview({ root, plugins: [plugin], build: { outDir }, preview: preview_ });
const { port } = server.httpServer.address();
const profile = `--user-data-dir=${join(folder, "profile")}`;
const address = `http://127.0.0.1:${port}/bench/stream.html`;
const browser = spawn(process.env.CHROMIUM ?? "chromium", [...FLAGS, profile, address], {
  stdio: "ignore",
});
const late = setTimeout(() => {
  process.stderr.write("The page told no result within two minutes.\n");
  process.exit(1);
}, 120_000);
const { times, shown } = await result;
clearTimeout(late);
browser.kill();
await new Promise((resolve) => browser.once("exit", resolve));
await server.close();
await rm(folder, { recursive: true, force: true });

const sorted = [...times].sort((one, other) => one - other);
const mean = times.reduce((sum, one) => sum + one, 0) / times.length;
const p95 = sorted[Math.floor(sorted.length * 0.95)];
const told = { updates: times.length, shown, mean, p95, most: sorted.at(-1) };
process.stdout.write(`${JSON.stringify(told)}\n`);
process.exit(mean <= MOST_MS ? 0 : 1);
