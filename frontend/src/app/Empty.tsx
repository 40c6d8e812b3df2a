import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

interface Props {
  header: string;
  /** What to do next. */
  children: ReactNode;
  action?: ReactNode;
}

/** In the place of a list that has nothing yet. */
export function Empty({ header, children, action }: Props) {
  return (
    <Box textAlign="center" padding={{ vertical: "l" }}>
      <SpaceBetween size="xs">
        <Box variant="strong">{header}</Box>
        <Box color="text-body-secondary">{children}</Box>
        {action}
      </SpaceBetween>
    </Box>
  );
}
