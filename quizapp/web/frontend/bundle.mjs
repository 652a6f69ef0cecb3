// Bundles files of one folder into another, each under a name that holds its content's checksum,
// beside compressed copies for servers. Prints which file became which, as JSON; run by build.py.
//
//     node bundle.mjs FROM TO FILE...        all files relative to FROM
import { build } from "esbuild";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const [source, target, ...files] = process.argv.slice(2);
const COMPRESSED = /\.(css|js|svg)$/; // fonts are compressed within

const { metafile, warnings } = await build({
  absWorkingDir: source,
  entryPoints: files,
  outdir: target,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  nodePaths: [join(import.meta.dirname, "node_modules")], // the sources stand elsewhere
  sourcemap: "linked",
  loader: { ".svg": "copy", ".woff2": "copy" },
  metafile: true,
  logLevel: "warning",
}).catch(() => process.exit(1)); // it has said why
if (warnings.length) process.exit(1);

function compress(path) {
  const content = readFileSync(path);
  const variants = { ".br": brotliCompressSync, ".gz": (data) => gzipSync(data, { level: 9 }) };
  for (const [suffix, how] of Object.entries(variants)) {
    if (!existsSync(path + suffix)) writeFileSync(path + suffix, how(content));
  }
}

const names = {};
for (const [output, { entryPoint, inputs }] of Object.entries(metafile.outputs)) {
  if (output.endsWith(".map")) continue;
  const path = join(source, output);
  names[entryPoint ?? Object.keys(inputs)[0]] = relative(source, path);
  if (COMPRESSED.test(output)) compress(path);
}
process.stdout.write(JSON.stringify(names));
