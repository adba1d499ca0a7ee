using System.Text.Json.Serialization;

namespace SyncHealth.SyncEngine.Attachments;

/// <summary>JSON of attachments, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AttachmentManifest))]
internal sealed partial class AttachmentJson : JsonSerializerContext;
