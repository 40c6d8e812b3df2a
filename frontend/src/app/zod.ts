import { z } from "zod";

// The page's policy allows no eval: zod would try it out, and a browser would report that.
z.config({ jitless: true });

export { z };
