using System.Text.Json;
using System.Text.Json.Serialization;

namespace SyncHealth.SyncEngine.Protocol;

/// <summary>A record of a page, by hand: a first sync reads a hundred thousand of them, and the generated reader boxes every field.</summary>
internal sealed class NoteChangeConverter : JsonConverter<NoteChange>
{
    /// <inheritdoc/>
    public override NoteChange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        var (id, title, body, device) = ("", "", "", "");
        var (version, editedAt, isDeleted) = (0L, 0L, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
                id = Text(ref reader);
            else if (reader.ValueTextEquals("version"u8))
                version = Number(ref reader);
            else if (reader.ValueTextEquals("title"u8))
                title = Text(ref reader);
            else if (reader.ValueTextEquals("body"u8))
                body = Text(ref reader);
            else if (reader.ValueTextEquals("editedAt"u8))
                editedAt = Number(ref reader);
            else if (reader.ValueTextEquals("device"u8))
                device = Text(ref reader);
            else if (reader.ValueTextEquals("isDeleted"u8))
                isDeleted = reader.Read() && reader.GetBoolean();
            else
                reader.Skip();
        }

        return id.Length > 0 ? new NoteChange(id, version, title, body, editedAt, device, isDeleted) : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, NoteChange value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, value.Id);
        writer.WriteNumber("version"u8, value.Version);
        writer.WriteString("title"u8, value.Title);
        writer.WriteString("body"u8, value.Body);
        writer.WriteNumber("editedAt"u8, value.EditedAt);
        writer.WriteString("device"u8, value.Device);
        writer.WriteBoolean("isDeleted"u8, value.IsDeleted);
        writer.WriteEndObject();
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString() ?? throw new JsonException();
    }

    private static long Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }
}
