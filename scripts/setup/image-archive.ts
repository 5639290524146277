// Makes the image of a container from folders and files: a `docker save` archive, without Docker.

import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder } from '../../lib/machine/cache-folder.ts';
import { withLock } from '../../lib/machine/lock.mjs';
import { openProgress, step } from '../../lib/machine/progress.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';
import { lastLines, runTool } from './run-tool.ts';

/** A layer: a folder of the machine, or single files by their path in the image. */
export type Layer =
  | { readonly folder: string; readonly without?: readonly string[] }
  | { readonly files: Readonly<Record<string, ImageFile>> };

/** A file of the machine, or its content. */
export type ImageFile = { readonly from: string } | { readonly text: string };

export interface Image {
  /** With its tag, e.g. `stampede.local/pause:1`. */
  readonly name: string;
  /** What tells this content from any other: versions and digests of what it is made from. */
  readonly key: string;
  readonly layers: readonly Layer[];
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What asks it to end; SIGTERM when absent. */
  readonly stopSignal?: string;
}

/** Path of the archive; makes it when it is not in the cache. Throws StampedeError 69. */
export async function ensureImage(image: Image): Promise<string> {
  const digest = createHash('sha256').update(JSON.stringify(image)).digest('hex').slice(0, 32);
  const archive = join(cacheFolder(), 'images', digest, `${image.name.replace(/[/:]/g, '_')}.tar`);
  await withLock(archive, async () => {
    if (existsSync(archive)) return;
    await step(openProgress(), `image ${image.name} (once per version of what is in it)`, () => make(image, archive));
  });
  return archive;
}

/** Makes it beside its place and renames: one that is cut short leaves nothing that looks whole. */
async function make(image: Image, archive: string): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'stampede-image-'));
  try {
    const layers: string[] = [];
    for (const [index, layer] of image.layers.entries()) {
      await writeLayer(layer, join(work, `layer-${index}`), join(work, `${index}.tar`));
      layers.push(`${index}.tar`);
    }
    const digests = await Promise.all(layers.map((layer) => digestOf(join(work, layer))));
    await writeFile(join(work, 'config.json'), JSON.stringify(configOf(image, digests)));
    const manifest = [{ Config: 'config.json', RepoTags: [image.name], Layers: layers }];
    await writeFile(join(work, 'manifest.json'), JSON.stringify(manifest));
    await mkdir(dirname(archive), { recursive: true });
    const unfinished = `${archive}.${process.pid}`;
    await tar(['-C', work, '-cf', unfinished, 'manifest.json', 'config.json', ...layers]);
    await rename(unfinished, archive);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function writeLayer(layer: Layer, staging: string, file: string): Promise<void> {
  // The same content gives the same layer, whoever makes it and whenever.
  const same = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0'];
  if ('folder' in layer) {
    const without = (layer.without ?? []).map((pattern) => `--exclude=${pattern}`);
    return tar([...same, ...without, '-C', layer.folder, '-cf', file, '.']);
  }
  for (const [path, source] of Object.entries(layer.files)) {
    const place = join(staging, path);
    await mkdir(dirname(place), { recursive: true });
    if ('from' in source) await copyFile(source.from, place);
    else await writeFile(place, source.text);
  }
  return tar([...same, '-C', staging, '-cf', file, '.']);
}

function configOf({ command, environment = {}, stopSignal: StopSignal }: Image, digests: readonly string[]) {
  const Env = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return {
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: { Entrypoint: command, Env, ...(StopSignal !== undefined && { StopSignal }) },
    rootfs: { type: 'layers', diff_ids: digests.map((digest) => `sha256:${digest}`) },
  };
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function tar(args: readonly string[]): Promise<void> {
  const { found, exitCode, output } = await runTool({ command: 'tar', args });
  if (found && exitCode === 0) return;
  throw new StampedeError(`an image could not be made: ${found ? lastLines(output) : 'there is no tar'}`, {
    exitCode: EXIT.unavailable,
  });
}
