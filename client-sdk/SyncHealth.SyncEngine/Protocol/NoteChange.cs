using System.Text.Json.Serialization;

namespace SyncHealth.SyncEngine.Protocol;

/// <summary>A note as the server has it.</summary>
/// <param name="Id">The note.</param>
/// <param name="Version">Position in the account's order of commits; 0 for a tombstone that the server has already forgotten.</param>
/// <param name="Title">Title; empty for a deleted note.</param>
/// <param name="Body">Body; empty for a deleted note.</param>
/// <param name="EditedAt">Milliseconds since 1970 of the edit that won.</param>
/// <param name="Device">The device that made it.</param>
/// <param name="IsDeleted">Soft delete: clients remove the note.</param>
[JsonConverter(typeof(NoteChangeConverter))]
public sealed record NoteChange(string Id, long Version, string Title, string Body, long EditedAt, string Device, bool IsDeleted);
