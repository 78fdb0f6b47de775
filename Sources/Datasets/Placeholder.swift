/// Placeholders of the seam until the readers exist.
package struct DataFile: Sendable {}
package struct DataFolder: Sendable {}
