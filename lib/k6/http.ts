// k6's HTTP client, as the suite uses it.

export { default as http } from 'k6/http';
