// node bench/run.mjs: what an update of a streaming answer costs in Chromium (CHROMIUM names another).
// `cpuEach` is all that a page's main thread does, with painting; `wall` suffers from others.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
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

// Linux counts a process's time on the processor in hundredths of a second.
const TICK_MS = 10;

/** Milliseconds that the main threads of the browser's pages have had a processor: nobody else's work counts. */
function used(browser) {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = new Map(all.map((pid) => [pid, fields(pid)?.[1]]));
  const ours = (pid) => pid === String(browser.pid) || (parents.get(pid) && ours(parents.get(pid)));
  const pages = all.filter((pid) => ours(pid) && command(pid).includes("--type=renderer"));
  const ticks = pages.map((pid) => fields(`${pid}/task/${pid}`));
  return (
    ticks.reduce((sum, one) => sum + (one ? Number(one[11]) + Number(one[12]) : 0), 0) * TICK_MS
  );
}

function fields(path) {
  return text(`/proc/${path}/stat`).split(") ")[1]?.split(" ");
}

function command(pid) {
  return text(`/proc/${pid}/cmdline`);
}

function text(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function results(browser) {
  let told;
  let before = 0;
  const result = new Promise((resolve) => {
    told = resolve;
  });
  const listen = (request, response, next) => {
    if (request.url === "/begun") {
      before = used(browser());
      return response.end();
    }
    if (request.url !== "/result") return next();
    const cpu = used(browser()) - before;
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      response.end();
      told({ cpu, ...JSON.parse(Buffer.concat(parts).toString()) });
    });
  };
  const plugin = {
    name: "result",
    configurePreviewServer: (server) => void server.middlewares.use(listen),
  };
  return { result, plugin };
}

let browser;
const { result, plugin } = results(() => browser);
const input = join(root, "bench/stream.html");
const page = { outDir, emptyOutDir: true, rollupOptions: { input } };
await build({ root, base: "/", logLevel: "error", build: page });
const preview_ = { host: "127.0.0.1", port: 0 };
const server = await preview({ root, plugins: [plugin], build: { outDir }, preview: preview_ });
const { port } = server.httpServer.address();
const profile = `--user-data-dir=${join(folder, "profile")}`;
const address = `http://127.0.0.1:${port}/bench/stream.html`;
browser = spawn(process.env.CHROMIUM ?? "chromium", [...FLAGS, profile, address], {
  stdio: "ignore",
});
const late = setTimeout(() => {
  process.stderr.write("The page told no result within two minutes.\n");
  process.exit(1);
}, 120_000);
const { cpu, times, shown } = await result;
clearTimeout(late);
browser.kill();
await new Promise((resolve) => browser.once("exit", resolve));
await server.close();
await rm(folder, { recursive: true, force: true });

const sorted = [...times].sort((one, other) => one - other);
const mean = times.reduce((sum, one) => sum + one, 0) / times.length;
const each = cpu / times.length;
const wall = { mean, median: sorted[Math.floor(sorted.length / 2)], most: sorted.at(-1) };
process.stdout.write(`${JSON.stringify({ updates: times.length, shown, cpuEach: each, wall })}\n`);
process.exit(each <= MOST_MS ? 0 : 1);
