// What the build's own code uses of Node.js; the application runs in browsers.
declare module "node:zlib" {
  export function gzipSync(content: string | Uint8Array): Uint8Array;
}
