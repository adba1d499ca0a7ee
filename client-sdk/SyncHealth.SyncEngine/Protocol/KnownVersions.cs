using System.Text.Json.Serialization;

namespace SyncHealth.SyncEngine.Protocol;

/// <summary>Body of <c>POST /notes/changes</c>: delta by version map.</summary>
/// <param name="Versions">The server version of every record that the device has.</param>
public sealed record KnownVersions([property: JsonPropertyName("known_versions")] IReadOnlyDictionary<string, long> Versions);
