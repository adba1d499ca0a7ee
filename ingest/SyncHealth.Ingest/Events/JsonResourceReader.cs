using System.Text.Json;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Events;

/// <summary>Reads the object <c>resource</c>. A value of the wrong type spoils the whole batch: it would misplace every event.</summary>
internal static class JsonResourceReader
{
    private enum Field
    {
        App = 1,
        AppVersion,
        Os,
        OsVersion,
        Environment,
        DeviceId,
        UserRef,
        DeviceModel,
        Sdk,
        Tags,
    }

    private static readonly Utf8Names<Field> Names = new(
    [
        ("app", Field.App), ("appVersion", Field.AppVersion), ("os", Field.Os), ("osVersion", Field.OsVersion),
        ("environment", Field.Environment), ("deviceId", Field.DeviceId), ("userRef", Field.UserRef),
        ("deviceModel", Field.DeviceModel), ("sdk", Field.Sdk), ("tags", Field.Tags),
    ]);

    /// <exception cref="MalformedBatchException">The resource or one of its fields is of the wrong type.</exception>
    public static void Read(ref Utf8JsonReader reader, DecodedBatch batch, DecodedResource resource)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        Expect(reader.TokenType == JsonTokenType.StartObject, "resource must be an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var known = JsonNames.TryFind(ref reader, Names, out var field);
            reader.Read();
            if (!known)
                batch.Adjustments.UnknownFields++;
            else if (field == Field.Tags)
                ReadTags(ref reader, batch, resource);
            else if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
                Set(ref reader, batch, resource, field);
            else
                Expect(reader.TokenType == JsonTokenType.Null, $"resource.{Wire(field)} must be text.");
            reader.Skip();
        }
    }

    private static void Set(ref Utf8JsonReader reader, DecodedBatch batch, DecodedResource resource, Field field)
    {
        using var text = JsonText.Of(ref reader);
        batch.Adjustments.Scrubbed += text.Scrubbed ? 1 : 0;
        switch (field)
        {
            case Field.App: resource.App = batch.Text(text.Utf8); break;
            case Field.AppVersion: resource.AppVersion = batch.Version(text.Utf8); break;
            case Field.Os: resource.Os = batch.Label(text.Utf8); break;
            case Field.OsVersion: resource.OsVersion = batch.Version(text.Utf8); break;
            case Field.Environment: resource.Environment = batch.Label(text.Utf8); break;
            case Field.DeviceId: resource.DeviceId = batch.Text(text.Utf8); break;
            case Field.UserRef: resource.UserRef = batch.Text(text.Utf8); break;
            case Field.DeviceModel: resource.DeviceModel = batch.Label(text.Utf8); break;
            default: break;
        }
    }

    /// <summary>Tags are text; numbers and truth values are taken as they are written.</summary>
    private static void ReadTags(ref Utf8JsonReader reader, DecodedBatch batch, DecodedResource resource)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        Expect(reader.TokenType == JsonTokenType.StartObject, "resource.tags must be an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            using var name = JsonText.Of(ref reader);
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                batch.Adjustments.UnknownFields++;
            else if (reader.TokenType != JsonTokenType.Null)
                AddTag(ref reader, batch, resource, name.Utf8);
            reader.Skip();
        }
    }

    private static void AddTag(ref Utf8JsonReader reader, DecodedBatch batch, DecodedResource resource, scoped ReadOnlySpan<byte> name)
    {
        using var value = JsonText.Of(ref reader);
        batch.Adjustments.Scrubbed += value.Scrubbed ? 1 : 0;
        ResourceFields.AddTag(batch, resource, name, value.Utf8);
    }

    private static void Expect(bool holds, string message)
    {
        if (!holds)
            throw new MalformedBatchException(ReasonCodes.InvalidField, message);
    }

    private static string Wire(Field field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());
}
