namespace SyncHealth.Ingest.Intake;

/// <summary>What a route takes, and how it is read.</summary>
/// <param name="MediaTypes">Content types, without parameters.</param>
/// <param name="MaxBytes">Size after decompression.</param>
/// <param name="IsText">Whether it is JSON and not protobuf.</param>
/// <param name="Decode">Reads it.</param>
internal sealed record BatchFormat(string[] MediaTypes, int MaxBytes, bool IsText, BatchDecoder Decode);
