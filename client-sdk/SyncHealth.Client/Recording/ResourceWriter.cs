using System.Text.Json;

namespace SyncHealth.Client.Recording;

/// <summary>Writes a resource as the contract's JSON.</summary>
internal static class ResourceWriter
{
    private static readonly string Sdk = "synchealth-dotnet/" + typeof(ResourceWriter).Assembly.GetName().Version!.ToString(3);

    internal static void Write(Utf8JsonWriter json, Resource resource, string installId)
    {
        json.WriteStartObject();
        WriteKnown(json, "app"u8, resource.App);
        WriteKnown(json, "appVersion"u8, resource.AppVersion);
        WriteKnown(json, "os"u8, resource.Os);
        WriteKnown(json, "osVersion"u8, resource.OsVersion);
        WriteKnown(json, "environment"u8, resource.Environment);
        json.WriteString("deviceId"u8, resource.DeviceId ?? installId);
        WriteKnown(json, "userRef"u8, resource.UserRef);
        WriteKnown(json, "deviceModel"u8, resource.DeviceModel);
        json.WriteString("sdk"u8, Sdk);
        if (resource.Tags.Count > 0)
            WriteTags(json, resource.Tags);
        json.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        json.WriteStartObject("tags"u8);
        foreach (var tag in tags)
            json.WriteString(tag.Key, tag.Value);
        json.WriteEndObject();
    }

    private static void WriteKnown(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, value);
    }
}
