using System.Text.Json.Serialization;

namespace SyncHealth.SyncEngine.Protocol;

/// <summary>JSON of the notes protocol, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChangesPage))]
[JsonSerializable(typeof(KnownVersions))]
[JsonSerializable(typeof(PushRequest))]
[JsonSerializable(typeof(PushResponse))]
[JsonSerializable(typeof(IReadOnlyList<PushOperation>))]
public sealed partial class ProtocolJson : JsonSerializerContext;
