using System.Buffers.Text;
using System.Net.Http.Headers;

namespace SyncHealth.Benchmarks.Ingest;

/// <summary>One of the two ways in.</summary>
internal sealed class Transport
{
    public static readonly Transport Json = new("/v1/events", "application/json", SampleLoad.ToJson, ReadCounts);

    public static readonly Transport Otlp = new("/v1/logs", "application/x-protobuf", OtlpLoad.ToProtobuf, ReadNothing);

    private Transport(string path, string mediaType, Func<SampleBatch, DateTimeOffset, byte[]> encode, Func<ReadOnlyMemory<byte>, int, int?> duplicatesOf)
    {
        Path = path;
        ContentType = new MediaTypeHeaderValue(mediaType);
        Encode = encode;
        DuplicatesOf = duplicatesOf;
    }

    public string Path { get; }

    public MediaTypeHeaderValue ContentType { get; }

    public Func<SampleBatch, DateTimeOffset, byte[]> Encode { get; }

    /// <summary>Duplicates that an answer to so many events tells; null when it did not take every one, so that a figure would mean nothing.</summary>
    public Func<ReadOnlyMemory<byte>, int, int?> DuplicatesOf { get; }

    private static int? ReadCounts(ReadOnlyMemory<byte> answer, int events)
    {
        var text = answer.Span;
        return Number(text, "{\"accepted\":"u8) is { } accepted && Number(text, ",\"duplicates\":"u8) is { } duplicates && accepted + duplicates == events
            ? duplicates
            : null;
    }

    private static int? Number(ReadOnlySpan<byte> text, ReadOnlySpan<byte> before)
    {
        var at = text.IndexOf(before);
        return at >= 0 && Utf8Parser.TryParse(text[(at + before.Length)..], out int number, out _) ? number : null;
    }

    /// <summary>A full success is empty; OTLP tells of no duplicates.</summary>
    private static int? ReadNothing(ReadOnlyMemory<byte> answer, int events) => answer.IsEmpty ? 0 : null;
}
