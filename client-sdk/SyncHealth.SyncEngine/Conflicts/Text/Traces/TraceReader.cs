using System.Text.Json;

namespace SyncHealth.SyncEngine.Conflicts.Text.Traces;

/// <summary>
/// Reads both formats of an editing trace: sequential (<c>txns[] { patches }</c>, one author) and concurrent
/// (<c>txns[] { parents, agent, patches }</c>). Fields that are not needed are passed over.
/// </summary>
public static class TraceReader
{
    /// <summary>Bytes of JSON read at most: ten times the largest public trace.</summary>
    public const int MaxBytes = 512 * 1024 * 1024;

    /// <summary>Reads a trace.</summary>
    /// <exception cref="InvalidDataException">The JSON is none, or no trace; the message says what is wrong and where.</exception>
    public static EditingTrace Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            return ReadTrace(ref reader);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"it is no JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // The reader's word for a value of another type, or text that is no Unicode.
            throw new InvalidDataException($"byte {reader.TokenStartIndex}: {exception.Message}", exception);
        }
    }

    private static EditingTrace ReadTrace(ref Utf8JsonReader reader)
    {
        string start = "";
        string? end = null;
        List<TraceTransaction>? transactions = null;
        reader.Read();
        Expect(ref reader, JsonTokenType.StartObject, "an object");
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("startContent"u8))
                start = ReadText(ref reader);
            else if (reader.ValueTextEquals("endContent"u8))
                end = ReadText(ref reader);
            else if (reader.ValueTextEquals("txns"u8))
                transactions = ReadTransactions(ref reader);
            else
                reader.Skip();
        }

        if (reader.Read())
            throw new InvalidDataException("something follows the trace");
        return new EditingTrace(
            start, end ?? throw new InvalidDataException("it has no endContent"), transactions ?? throw new InvalidDataException("it has no txns"));
    }

    private static List<TraceTransaction> ReadTransactions(ref Utf8JsonReader reader)
    {
        var transactions = new List<TraceTransaction>();
        Begin(ref reader, JsonTokenType.StartArray, "an array of transactions");
        while (Next(ref reader) != JsonTokenType.EndArray)
            transactions.Add(ReadTransaction(ref reader, transactions.Count));
        return transactions;
    }

    /// <summary>A transaction without parents follows the one before it, as all of a sequential trace do.</summary>
    private static TraceTransaction ReadTransaction(ref Utf8JsonReader reader, int index)
    {
        var agent = 0;
        List<int>? parents = null;
        List<TracePatch>? patches = null;
        Expect(ref reader, JsonTokenType.StartObject, "a transaction");
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("agent"u8))
                agent = ReadNumber(ref reader, int.MaxValue - 1, "agent");
            else if (reader.ValueTextEquals("parents"u8))
                parents = ReadParents(ref reader, index);
            else if (reader.ValueTextEquals("patches"u8))
                patches = ReadPatches(ref reader);
            else
                reader.Skip();
        }

        return new TraceTransaction(
            agent, parents ?? (index == 0 ? [] : [index - 1]), patches ?? throw new InvalidDataException($"transaction {index} has no patches"));
    }

    private static List<int> ReadParents(ref Utf8JsonReader reader, int index)
    {
        var parents = new List<int>(1);
        Begin(ref reader, JsonTokenType.StartArray, "an array of parents");
        while (Next(ref reader) != JsonTokenType.EndArray)
            parents.Add(Number(ref reader, index - 1, "parent"));
        return parents;
    }

    private static List<TracePatch> ReadPatches(ref Utf8JsonReader reader)
    {
        var patches = new List<TracePatch>(1);
        Begin(ref reader, JsonTokenType.StartArray, "an array of patches");
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.StartArray, "a patch [position, deleted, inserted]");
            patches.Add(new TracePatch(
                ReadNumber(ref reader, TextLimits.MaxSequence, "position"), ReadNumber(ref reader, TextLimits.MaxSequence, "deleted count"), ReadText(ref reader)));
            Begin(ref reader, JsonTokenType.EndArray, "the end of a patch");
        }

        return patches;
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        Begin(ref reader, JsonTokenType.String, "text");
        return reader.GetString()!;
    }

    private static int ReadNumber(ref Utf8JsonReader reader, int most, string what)
    {
        Next(ref reader);
        return Number(ref reader, most, what);
    }

    private static int Number(ref Utf8JsonReader reader, int most, string what)
    {
        Expect(ref reader, JsonTokenType.Number, $"a {what}");
        return reader.TryGetInt32(out var value) && value >= 0 && value <= most
            ? value
            : throw new InvalidDataException(most < 0
                ? $"byte {reader.TokenStartIndex}: the first transaction can have no {what}"
                : $"byte {reader.TokenStartIndex}: a {what} is a whole number from 0 to {most} here");
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType;
    }

    private static void Begin(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        reader.Read();
        Expect(ref reader, type, what);
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (reader.TokenType != type)
            throw new InvalidDataException($"byte {reader.TokenStartIndex}: {what} is expected here, not {reader.TokenType}");
    }
}
