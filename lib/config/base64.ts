// Base64 of a text in UTF-8, where neither Node's Buffer nor a browser's btoa can be counted on: k6 has neither.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** With padding, as in Basic credentials. */
export function base64(text: string): string {
  const bytes = utf8(text);
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.slice(at, at + 3);
    const bits = (first << 16) | (second << 8) | third;
    const signs = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63]);
    encoded += signs
      .slice(0, Math.min(3, bytes.length - at) + 1)
      .join('')
      .padEnd(4, '=');
  }
  return encoded;
}

function utf8(text: string): number[] {
  const percent = encodeURIComponent(text).match(/%..|[^%]/g) ?? [];
  return percent.map((sign) => (sign.length === 3 ? Number.parseInt(sign.slice(1), 16) : sign.charCodeAt(0)));
}
