import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureImage, type Image } from './image-archive.ts';

let home: string;
let folder: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stampede-images-'));
  folder = join(home, 'root');
  mkdirSync(join(folder, 'usr/share/doc'), { recursive: true });
  writeFileSync(join(folder, 'usr/program'), 'runs');
  writeFileSync(join(folder, 'usr/share/doc/long'), 'unread');
  vi.stubEnv('STAMPEDE_HOME', join(home, 'cache'));
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(home, { recursive: true, force: true });
});

function image(changes: Partial<Image> = {}): Image {
  return {
    name: 'stampede.local/thing:1',
    key: 'one',
    layers: [{ folder, without: ['./usr/share/doc'] }, { files: { 'etc/passwd': { text: 'root' } } }],
    command: ['/usr/program'],
    environment: { LANG: 'C' },
    stopSignal: 'SIGINT',
    ...changes,
  };
}

function unpacked(archive: string): string {
  const place = mkdtempSync(join(home, 'unpacked-'));
  execFileSync('tar', ['-C', place, '-xf', archive]);
  return place;
}

describe('an image', () => {
  it('has its layers in order, each known by the digest of what it holds', async () => {
    const place = unpacked(await ensureImage(image()));
    const read = (name: string) => JSON.parse(readFileSync(join(place, name), 'utf8'));
    const [{ Config, RepoTags, Layers }] = read('manifest.json');
    expect(RepoTags).toEqual(['stampede.local/thing:1']);
    const digests = Layers.map((name: string) => {
      const digest = createHash('sha256')
        .update(readFileSync(join(place, name)))
        .digest('hex');
      return `sha256:${digest}`;
    });
    expect(read(Config).rootfs.diff_ids).toEqual(digests);
    expect(read(Config).config).toEqual({ Entrypoint: ['/usr/program'], Env: ['LANG=C'], StopSignal: 'SIGINT' });
    const names = Layers.map((name: string) => execFileSync('tar', ['-tf', join(place, name)], { encoding: 'utf8' }));
    expect(names[0]).toContain('./usr/program');
    expect(names[0]).not.toContain('doc');
    expect(names[1]).toContain('./etc/passwd');
  });

  it('is made once, and anew beside the old one when what is in it has changed', async () => {
    const first = await ensureImage(image());
    const { ino } = statSync(first);
    expect(await ensureImage(image())).toBe(first);
    expect(statSync(first).ino).toBe(ino);
    expect(await ensureImage(image({ key: 'two' }))).not.toBe(first);
  });

  it('that cannot be made says what the tool said, and leaves nothing that looks whole', async () => {
    const broken = image({ layers: [{ folder: join(home, 'absent') }] });
    await expect(ensureImage(broken)).rejects.toMatchObject({
      exitCode: 69,
      message: expect.stringContaining('absent'),
    });
    await expect(ensureImage(broken)).rejects.toMatchObject({ exitCode: 69 });
  });
});
