using System.Text.Json.Serialization;

namespace SyncHealth.SyncEngine.Protocol;

/// <summary>Answer of <c>GET /notes/changes?token=&amp;limit=</c>, of the same with <c>since</c>, and of <c>POST /notes/changes</c>.</summary>
/// <param name="Changes">Notes changed since the token, in the order of their commits; each note at most once, in its newest state.</param>
/// <param name="NextToken">Opaque, or with <c>since</c> a moment; to be stored in the transaction that applies the page.</param>
/// <param name="HasMore">There are further pages.</param>
/// <param name="Progress">Of a full sync under way, this page included; null otherwise, and where the server does not count.</param>
/// <remarks>Where to go on stands first on the wire: a device asks for the next page before it reads this one.</remarks>
public sealed record ChangesPage(
    IReadOnlyList<NoteChange> Changes, [property: JsonPropertyOrder(-2)] string NextToken, [property: JsonPropertyOrder(-1)] bool HasMore, FullProgress? Progress = null);
