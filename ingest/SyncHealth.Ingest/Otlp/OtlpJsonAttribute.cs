using System.Text.Json;
using SyncHealth.Ingest.Events;

namespace SyncHealth.Ingest.Otlp;

/// <summary>A KeyValue in OTLP/JSON. Dispose gives its buffers back, after which its spans must not be used.</summary>
internal ref struct OtlpJsonAttribute
{
    private JsonText _key;
    private JsonText _text;

    public readonly ReadOnlySpan<byte> Key => _key.Utf8;

    public OtlpValue Value { get; private set; }

    /// <param name="reader">On the KeyValue's first token; on its last one afterwards.</param>
    /// <param name="json">What the reader reads.</param>
    /// <exception cref="MalformedBatchException">It is no KeyValue.</exception>
    public static OtlpJsonAttribute Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var attribute = default(OtlpJsonAttribute);
        OtlpJson.ExpectObject(ref reader);
        while (OtlpJson.NextField(ref reader))
        {
            var isKey = reader.ValueSpan.SequenceEqual("key"u8);
            var isValue = reader.ValueSpan.SequenceEqual("value"u8);
            reader.Read();
            if (isKey && reader.TokenType == JsonTokenType.String)
                attribute._key = JsonText.Of(ref reader);
            else if (isValue)
                attribute.Value = OtlpJsonValues.Read(ref reader, json, out attribute._text);
            reader.Skip();
        }

        return attribute;
    }

    public void Dispose()
    {
        _key.Dispose();
        _text.Dispose();
    }
}
