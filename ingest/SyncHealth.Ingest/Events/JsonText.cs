using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SyncHealth.Ingest.Events;

/// <summary>The text of a JSON string token as UTF-8, with U+FFFD for lone surrogates instead of an exception for each.</summary>
internal ref struct JsonText
{
    private byte[]? _rented;

    /// <summary>Valid until <see cref="Dispose"/>, or while the request's body is.</summary>
    public ReadOnlySpan<byte> Utf8 { get; private set; }

    /// <summary>Whether something had to be replaced.</summary>
    public bool Scrubbed { get; private set; }

    public static JsonText Of(scoped ref Utf8JsonReader reader)
    {
        var text = new JsonText { Utf8 = reader.ValueSpan };
        if (reader.ValueIsEscaped)
            text.Unescape(reader.ValueSpan);
        return text;
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }

    /// <summary>An escape is never shorter than the UTF-8 it stands for, so a buffer of the same size is enough.</summary>
    private void Unescape(ReadOnlySpan<byte> escaped)
    {
        _rented = ArrayPool<byte>.Shared.Rent(escaped.Length);
        var target = _rented.AsSpan();
        var written = 0;
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain < 0)
                plain = escaped.Length;
            escaped[..plain].CopyTo(target[written..]);
            written += plain;
            escaped = escaped[plain..];
            if (!escaped.IsEmpty)
                written += One(ref escaped).EncodeToUtf8(target[written..]);
        }

        Utf8 = target[..written];
    }

    private Rune One(ref ReadOnlySpan<byte> escaped)
    {
        var kind = escaped[1];
        if (kind != 'u')
        {
            escaped = escaped[2..];
            return new Rune(kind switch { (byte)'b' => '\b', (byte)'f' => '\f', (byte)'n' => '\n', (byte)'r' => '\r', (byte)'t' => '\t', _ => (char)kind });
        }

        var high = Unit(escaped);
        escaped = escaped[6..];
        if (Rune.TryCreate(high, out var rune))
            return rune;
        if (escaped.Length >= 6 && escaped[1] == 'u' && escaped[0] == '\\' && Rune.TryCreate(high, Unit(escaped), out rune))
        {
            escaped = escaped[6..];
            return rune;
        }

        Scrubbed = true;
        return Rune.ReplacementChar;
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
