using System.Text.Json;

namespace SyncHealth.Benchmarks.Text;

/// <summary>A generated session for machines without a recorded one: bursts of typing, the backspace key, and a cursor that jumps.</summary>
internal static class SampleTrace
{
    /// <summary>As many single-character edits as the recorded session <c>automerge-paper</c> has.</summary>
    private const int Edits = 259_778;

    /// <summary>Writes the trace as JSON.</summary>
    public static void Write(string path, int seed)
    {
        var random = new Random(seed);
        var text = new List<char>();
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        json.WriteString("startContent", "");
        json.WriteStartArray("txns");
        var cursor = 0;
        var left = 0;
        var erases = false;
        for (var edit = 0; edit < Edits; edit++)
        {
            if (left-- == 0 || (erases && cursor == 0))
            {
                // Three in ten edits delete, as in the recorded session; one burst in three goes elsewhere.
                erases = cursor > 0 && random.NextDouble() < 0.5;
                left = random.Next(1, erases ? 8 : 18);
                if (random.Next(3) == 0)
                    cursor = random.Next(text.Count + 1);
                erases &= cursor > 0;
            }

            if (erases)
                text.RemoveAt(--cursor);
            var letter = (char)('a' + random.Next(26));
            WritePatch(json, cursor, erases ? null : letter);
            if (!erases)
                text.Insert(cursor++, letter);
        }

        json.WriteEndArray();
        json.WriteString("endContent", new string([.. text]));
        json.WriteEndObject();
    }

    private static void WritePatch(Utf8JsonWriter json, int position, char? inserted)
    {
        json.WriteStartObject();
        json.WriteStartArray("patches");
        json.WriteStartArray();
        json.WriteNumberValue(position);
        json.WriteNumberValue(inserted is null ? 1 : 0);
        json.WriteStringValue(inserted?.ToString() ?? "");
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
