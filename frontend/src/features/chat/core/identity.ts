const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

let last = { time: 0, tail: [] as number[] };

/** Return an id for a message: a ULID, which sorts by when it was made, also within a millisecond. */
export function messageId(now: number = Date.now()): string {
  const time = Math.max(now, last.time);
  const tail = time === last.time ? following(last.tail) : fresh();
  last = { time, tail };
  return `m-${spelled(time)}${tail.map((digit) => ALPHABET[digit]).join("")}`;
}

export function sessionId(): string {
  return crypto.randomUUID();
}

function fresh(): number[] {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte & 31);
}

function following(tail: number[]): number[] {
  const next = [...tail];
  for (let at = next.length - 1; at >= 0; at -= 1) {
    const digit = ((next[at] ?? 0) + 1) % 32;
    next[at] = digit;
    if (digit > 0) break;
  }
  return next;
}

function spelled(time: number): string {
  let [rest, text] = [time, ""];
  for (let digits = 0; digits < 10; digits += 1) {
    text = ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
