import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

/** A page without navigation: before the sign-in, and where nothing else can be shown. */
export function Landing({ children }: { children: ReactNode }) {
  return (
    <main className="landing">
      <SpaceBetween size="l">
        <Box variant="h1" textAlign="center">
          LISA
        </Box>
        {children}
      </SpaceBetween>
    </main>
  );
}
