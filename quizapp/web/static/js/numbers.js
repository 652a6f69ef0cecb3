// Numbers as people write them, read as the server reads them (domain/numbers.py): exactly, as
// { top, bottom } of whole numbers, or null for what is no number. Both are tested on the cases of
// tests/fixtures/numbers.
const MAXIMUM_LENGTH = 60;
const FIGURES = 6;
const SPACE = "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACES = new RegExp(`[${SPACE}]+`, "g");
const AROUND = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const GROUPS = new RegExp(`(?<=\\d)[${SPACE}_'’](?=\\d{3}(?!\\d))`, "g");
const MIXED = new RegExp(
  `^([+-]?)[${SPACE}]*(\\d+)[${SPACE}]+(\\d+[${SPACE}]*/[${SPACE}]*\\d+)$`,
);
const NUMBERS_APART = new RegExp(`\\d[${SPACE}]+[\\d.,]`);
const NUMBER = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/;
const TIMES_TEN = /[x×*·]10(?:\^|\*\*)\(?([+-]?\d{1,3})\)?$/;
const THOUSANDS = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

export const trimmed = (text) => text.replace(AROUND, "");

// Digits of all scripts stand in runs of ten.
function digitOf(character) {
  let before = 0;
  const code = character.codePointAt(0);
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

const power = (exponent) => 10n ** BigInt(exponent);
const divided = (one, other) =>
  one && other?.top ? { top: one.top * other.bottom, bottom: one.bottom * other.top } : null;

export function readNumber(text) {
  if ([...text].length > MAXIMUM_LENGTH) return null;
  const digits = text.replace(/\p{Nd}/gu, digitOf).replace(/[\u2212\u2013]/g, "-");
  const plain = trimmed(digits.replace(GROUPS, ""));
  const mixed = MIXED.exec(plain);
  if (mixed) return readMixed(mixed);
  return NUMBERS_APART.test(plain) ? null : readRatio(plain.replace(SPACES, ""));
}

function readMixed([, sign, wholeText, partText]) {
  const whole = readNumber(wholeText);
  const part = readNumber(partText);
  if (!whole || !part) return null;
  const top = whole.top * part.bottom + part.top;
  return { top: sign === "-" ? -top : top, bottom: part.bottom };
}

function readRatio(text) {
  const isPercent = text.endsWith("%");
  const plain = isPercent ? text.slice(0, -1) : text;
  const slash = plain.indexOf("/");
  const ratio =
    slash < 0
      ? readDecimal(plain)
      : divided(readDecimal(plain.slice(0, slash)), readDecimal(plain.slice(slash + 1)));
  return ratio && isPercent ? { top: ratio.top, bottom: ratio.bottom * 100n } : ratio;
}

function readDecimal(text) {
  let plain = text.replace(TIMES_TEN, "e$1");
  if (THOUSANDS.test(plain) && !/^[+-]*0/.test(plain)) plain = plain.replaceAll(",", "");
  else if (plain.split(",").length === 2 && !plain.includes(".")) plain = plain.replace(",", ".");
  const found = NUMBER.exec(plain);
  if (!found || !(found[2] || found[3])) return null;
  const [, sign, whole, part, exponent] = found;
  const size = BigInt(whole + part);
  const places = Number(exponent ?? 0) - part.length;
  const top = (sign === "-" ? -size : size) * power(Math.max(places, 0));
  return { top, bottom: power(Math.max(-places, 0)) };
}

const absolute = (value) => (value < 0n ? -value : value);
function factor(one, other) {
  while (other) [one, other] = [other, one % other];
  return one;
}

// At most six significant digits, without an exponent where that stays short.
export function showNumber({ top, bottom }) {
  const common = absolute(factor(top, bottom)) * (bottom < 0n ? -1n : 1n);
  if (!common) return "0";
  const [above, below] = [top / common, bottom / common];
  if (below === 1n && absolute(above) < power(9)) return String(above);
  return (above < 0n ? "-" : "") + written(absolute(above), below);
}

function written(above, below) {
  let leading = String(above).length - String(below).length;
  if (above * power(Math.max(-leading, 0)) < below * power(Math.max(leading, 0))) leading -= 1;
  let digits = String(rounded(above, below, FIGURES - 1 - leading));
  if (digits.length > FIGURES) leading += 1;
  digits = digits.slice(0, FIGURES).replace(/0+$/, "");
  if (-6 <= leading && leading < 0) return `0.${"0".repeat(-leading - 1)}${digits}`;
  const point = 0 <= leading && leading < 6 ? leading + 1 : 1;
  const shown = digits.padEnd(point, "0");
  const decimal = shown.length > point ? `${shown.slice(0, point)}.${shown.slice(point)}` : shown;
  return point === leading + 1 ? decimal : `${decimal}e${leading < 0 ? "" : "+"}${leading}`;
}

// above / below · 10^places as a whole number; a half goes to the even neighbour.
function rounded(above, below, places) {
  const top = above * power(Math.max(places, 0));
  const bottom = below * power(Math.max(-places, 0));
  const twice = (top % bottom) * 2n;
  const whole = top / bottom;
  return twice > bottom || (twice === bottom && whole % 2n) ? whole + 1n : whole;
}
