// An independent client of the assignment: MurmurHash3 x64 128, SplitMix64, rejection sampling,
// written from docs/assignment.md alone. Checks the CSV files beside it; exit code 1 on a mismatch.
// Needs nothing but Node: `node verify.mjs`.
import { readFileSync } from 'node:fs';

const MASK64 = (1n << 64n) - 1n;
const u64 = (x) => x & MASK64;
const rotl = (x, r) => u64((x << r) | (x >> (64n - r)));
const hex = (x) => x.toString(16).padStart(16, '0');

/** MurmurHash3_x64_128 with seed 0, as [h1, h2]. */
function murmur3(bytes) {
  const c1 = 0x87c37b91114253d5n;
  const c2 = 0x4cf5ad432745937fn;
  const littleEndian = (from, to) => {
    let value = 0n;
    for (let i = Math.min(to, bytes.length) - 1; i >= from; i--) value = (value << 8n) | BigInt(bytes[i]);
    return value;
  };
  const mixK1 = (k) => u64(rotl(u64(k * c1), 31n) * c2);
  const mixK2 = (k) => u64(rotl(u64(k * c2), 33n) * c1);
  const finalize = (k) => {
    k = u64((k ^ (k >> 33n)) * 0xff51afd7ed558ccdn);
    k = u64((k ^ (k >> 33n)) * 0xc4ceb9fe1a85ec53n);
    return k ^ (k >> 33n);
  };
  let h1 = 0n;
  let h2 = 0n;
  const blocks = bytes.length >> 4;
  for (let b = 0; b < blocks; b++) {
    h1 ^= mixK1(littleEndian(16 * b, 16 * b + 8));
    h1 = u64((u64(rotl(h1, 27n) + h2)) * 5n + 0x52dce729n);
    h2 ^= mixK2(littleEndian(16 * b + 8, 16 * b + 16));
    h2 = u64((u64(rotl(h2, 31n) + h1)) * 5n + 0x38495ab5n);
  }
  // The tail: an empty half gives a k of 0, which changes nothing.
  h2 ^= mixK2(littleEndian(16 * blocks + 8, 16 * blocks + 16));
  h1 ^= mixK1(littleEndian(16 * blocks, 16 * blocks + 8));
  h1 ^= BigInt(bytes.length);
  h2 ^= BigInt(bytes.length);
  h1 = u64(h1 + h2);
  h2 = u64(h2 + h1);
  h1 = finalize(h1);
  h2 = finalize(h2);
  h1 = u64(h1 + h2);
  h2 = u64(h2 + h1);
  return [h1, h2];
}

const utf8 = (text) => new TextEncoder().encode(text);
const saltOf = (stage, key) => murmur3(utf8(`${stage}:${key}`))[0];

function mix(z) {
  z = u64((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = u64((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

const valueOf = (hash64, salt, t) => mix(u64(mix(hash64 ^ salt) + (BigInt(t) + 1n) * 0x9e3779b97f4a7c15n));
const bucketOf = (hash64, salt) => Number(((valueOf(hash64, salt, 0) >> 32n) * 10000n) >> 32n);

function armOf(hash64, salt, slots, shares) {
  const slotShift = BigInt(64 - Math.log2(slots));
  for (let t = 0; t < 64 * slots; t++) {
    const h = valueOf(hash64, salt, t);
    const slot = Number(h >> slotShift);
    if (slot < shares.length && (h & 0xffffffffn) < shares[slot]) return slot;
  }
  const point = valueOf(hash64, salt, 64 * slots) & 0xffffffffn;
  let cumulative = 0n;
  return shares.findIndex((share) => (cumulative += share) > point);
}

const rows = (file) => {
  const [header, ...lines] = readFileSync(new URL(file, import.meta.url), 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
};

let checked = 0;
let wrong = 0;
function check(what, actual, expected) {
  checked++;
  if (String(actual) !== expected) {
    wrong++;
    console.error(`${what}: expected ${expected}, got ${actual}`);
  }
}

for (const { stage, key, salt } of rows('salts.csv')) {
  check(`salt ${stage}:${key}`, hex(saltOf(stage, key)), salt);
}
const allocations = rows('allocations.csv').map((row) => ({
  name: row.allocation,
  slots: Number(row.slots),
  salt: saltOf('arm', row.key),
  shares: row.shares.split(' ').map(BigInt),
}));
const trafficSalt = saltOf('traffic', 'checkout-button');
const layerSalt = saltOf('layer', 'front-page');
const holdoutSalt = saltOf('holdout', '2026');
for (const row of rows('assignments.csv')) {
  const unit = row.unit_utf8_hex;
  const [h1, h2] = murmur3(Buffer.from(unit, 'hex'));
  check(`hash of ${unit}`, hex(h1) + hex(h2), row.hash128);
  const inTraffic = valueOf(h1, trafficSalt, 0) >> 32n < 1n << 30n;
  check(`traffic of ${unit}`, inTraffic, row['in_traffic_0.25']);
  check(`layer of ${unit}`, bucketOf(h1, layerSalt), row.layer_bucket);
  check(`holdout of ${unit}`, bucketOf(h1, holdoutSalt), row.holdout_bucket);
  for (const { name, slots, salt, shares } of allocations) {
    check(`${name} of ${unit}`, armOf(h1, salt, slots, shares), row[name]);
  }
}
console.log(`checked ${checked} values, ${wrong} wrong`);
process.exit(wrong === 0 ? 0 : 1);
