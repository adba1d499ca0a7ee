namespace SyncHealth.SyncEngine.Attachments;

/// <summary>What the record of an attachment says of its content.</summary>
/// <param name="Bytes">Size of the whole.</param>
/// <param name="Chunks">Into how many records it is cut.</param>
/// <param name="Sha256">Of the whole, in hexadecimal: whoever puts the chunks together knows whether all of them are right.</param>
/// <param name="OwnerId">The record that it belongs to; null for none.</param>
public sealed record AttachmentManifest(int Bytes, int Chunks, string Sha256, string? OwnerId);
