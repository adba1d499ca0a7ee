using System.Text.Json;

namespace SyncHealth.Client.Tests.Support;

/// <summary>A batch as it stood on the wire, after decompression.</summary>
internal sealed record ReceivedBatch(string Key, int Attempt, string? Encoding, string? Authorization, JsonElement Body, int WireBytes)
{
    public IReadOnlyList<JsonElement> Events { get; } = [.. Body.GetProperty("events").EnumerateArray()];

    public IReadOnlyList<string> Ids => [.. Events.Select(e => e.GetProperty("id").GetString()!)];

    public IReadOnlyList<long> Seqs => [.. Events.Select(e => e.GetProperty("seq").GetInt64())];

    public IReadOnlyDictionary<string, long> Dropped => Body.TryGetProperty("dropped", out var dropped)
        ? dropped.EnumerateArray().GroupBy(d => d.GetProperty("reason").GetString()!).ToDictionary(told => told.Key, told => told.Sum(d => d.GetProperty("count").GetInt64()))
        : new Dictionary<string, long>();
}
