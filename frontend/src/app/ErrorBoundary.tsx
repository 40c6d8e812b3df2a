import { Component, type ReactNode } from "react";

interface Props {
  /** What is shown in the place of what broke. */
  fallback: (error: Error, again: () => void) => ReactNode;
  children: ReactNode;
}

/** What breaks below it takes nothing else down. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error
      ? this.props.fallback(error, () => this.setState({ error: null }))
      : this.props.children;
  }
}
