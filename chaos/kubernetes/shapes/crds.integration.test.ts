import { describe, expect, it } from 'vitest';
import { GROUP, pluralOf, SPEC_SHAPES, type TypedKind, VERSION } from '../kinds.ts';
import { differences } from '../testing/compare-schemas.ts';
import { chaosMeshCrds } from '../testing/crd-schemas.ts';
import { statusShape } from './status.ts';

/** The first download of the module takes a while. */
const crds = chaosMeshCrds();
const kinds = Object.keys(SPEC_SHAPES) as readonly TypedKind[];

function crdOf(kind: TypedKind) {
  const crd = crds.get(kind);
  if (crd === undefined) throw new Error(`Chaos Mesh has no ${kind}`);
  return crd;
}

describe('the shapes of Chaos Mesh objects', () => {
  it.each(kinds)('of %s have fields that its CRD has, with the same types, and all that it requires', (kind) => {
    const { spec, status } = crdOf(kind);
    expect(differences(SPEC_SHAPES[kind], spec)).toEqual([]);
    expect(differences(statusShape, status)).toEqual([]);
  });

  it.each(kinds)('%s goes by the name in paths, the group and the version of its CRD', (kind) => {
    const { plural, group, version } = crdOf(kind);
    expect({ plural, group, version }).toEqual({ plural: pluralOf(kind), group: GROUP, version: VERSION });
  });

  it('name every kind in paths as Chaos Mesh does', () => {
    const plurals = [...crds.values()].filter(({ kind }) => kind.endsWith('Chaos'));
    expect(plurals.filter(({ kind, plural }) => pluralOf(kind) !== plural)).toEqual([]);
    expect(plurals.length).toBeGreaterThan(10);
  });

  it('are told apart from a CRD in which a field has another name, another type or a new duty', () => {
    const { spec } = crdOf('PodChaos');
    const { gracePeriod, mode, ...others } = spec.properties ?? {};
    const renamed = { ...spec, properties: { ...others, graceSeconds: gracePeriod, mode: { type: 'integer' } } };
    const stricter = { ...renamed, required: [...(spec.required ?? []), 'duration'] };
    expect(differences(SPEC_SHAPES.PodChaos, stricter)).toEqual([
      '.duration is required',
      '.mode is integer, not string',
      '.gracePeriod is not there',
    ]);
  });

  it('are told apart from a CRD that does not know a value any more', () => {
    const { spec } = crdOf('PodChaos');
    const fewer = { ...spec, properties: { ...spec.properties, action: { type: 'string', enum: ['pod-kill'] } } };
    expect(differences(SPEC_SHAPES.PodChaos, fewer)).toEqual([
      '.action cannot be pod-failure',
      '.action cannot be container-kill',
    ]);
  });
});
