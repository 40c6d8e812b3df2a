/** What an answer is made of: about 2 kB with everything that is formatted. */
export const SAMPLE = `## Annual leave

You have **28 days** of leave a year [1], of which *five* may be carried over. See [the handbook](https://handbook.example/leave)
or <https://intranet.example>. A formula in a line: $d = \\frac{28}{365} \\cdot n$, for less than $5.

| Years | Days | Note |
|------:|:----:|------|
| 1 | 28 | from the first day |
| 5 | 30 | from the **sixth** year |
| 10 | 32 | \`loyalty\` |

1. Ask your manager.
   - by mail
   - or in person
2. Enter it.
   - [x] approved
   - [ ] entered

> What is agreed in writing holds.

\`\`\`python
def days(years: int, *, carried: float = 0.0) -> float:
    """Return the days of leave after some years."""
    return 28 + (2 if years > 5 else 0) + min(carried, 5)  # a long line that does not fit on a telephone at all
\`\`\`

$$
\\int_0^1 x^2 \\, dx = \\frac{1}{3}
$$

### Who decides

\`\`\`mermaid
graph TD
  A[You ask] --> B{Manager agrees?}
  B -->|yes| C[Leave]
  B -->|no| D[Works council]
\`\`\`

Anything else is decided by the works council, which meets on the first Monday of each month and answers in writing, with its
reasons, within a week. ![a picture](https://pictures.example/a.png)

`;
