// k6's hash functions: computed in Go, some hundred times faster than by a script.

export { sha1 } from 'k6/crypto';
