const SECTION = `## What the rule says

The **rule** has three parts, of which the *second* matters most [1]. See [the guide](https://example.org/guide).

- It holds for everybody, \`without\` exception.
- It ends after a year.
  - Unless it is renewed.

| Year | Days | Share |
|---|---:|---:|
| 2024 | 25 | 12 % |
| 2025 | 27 | 14 % |

\`\`\`python
def days(year: int, joined: int) -> int:
    """Return how many days there are."""
    return 25 + min(5, year - joined)
\`\`\`

The sum is $\\sum_{i=1}^{n} d_i = 27$, as the table shows.

`;

/** 20 kB of what models write: headings, lists, tables, code and formulas. */
export const ANSWER = SECTION.repeat(Math.ceil(20_000 / SECTION.length)).slice(0, 20_000);

export function chunks(text: string, count: number): string[] {
  const size = Math.ceil(text.length / count);
  return Array.from({ length: count }, (_, at) => text.slice(at * size, (at + 1) * size));
}
