using System.Text.Json;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Events;

/// <summary>Finds property names; an escaped one is the same name, as JSON says.</summary>
internal static class JsonNames
{
    public static bool TryFind<T>(ref Utf8JsonReader reader, Utf8Names<T> names, out T value)
        where T : struct
    {
        if (!reader.ValueIsEscaped)
            return names.TryFind(reader.ValueSpan, out value);
        using var name = JsonText.Of(ref reader);
        return names.TryFind(name.Utf8, out value);
    }
}
