/// Placeholder until the twin has its first file.
enum Placeholder {}
