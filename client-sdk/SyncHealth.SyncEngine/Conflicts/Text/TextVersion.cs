using System.Collections.Immutable;

namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>What a replica has seen: for every agent the next sequence number. A peer that gets it can send exactly what is missing.</summary>
public sealed class TextVersion : IEquatable<TextVersion>
{
    private readonly ImmutableSortedDictionary<TextAgent, int> _next;

    internal TextVersion(IEnumerable<KeyValuePair<TextAgent, int>> next) =>
        _next = next.Where(pair => pair.Value > 0).ToImmutableSortedDictionary();

    /// <summary>Nothing seen.</summary>
    public static TextVersion Empty { get; } = new([]);

    /// <summary>The next sequence number of an agent; 0 for one of whom nothing was seen.</summary>
    public int this[TextAgent agent] => _next.GetValueOrDefault(agent);

    /// <summary>Reads what <see cref="Encode"/> wrote; null for anything else.</summary>
    public static TextVersion? Decode(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 0 && bytes[0] == UpdateFormat.Version ? new UpdateReader(bytes[1..]).ReadVersion() : null;

    /// <summary>Bytes for a peer: the format's version, the number of agents, and of each its id and next sequence number, as varints.</summary>
    public byte[] Encode()
    {
        var writer = new ByteWriter();
        writer.WriteByte(UpdateFormat.Version);
        writer.WriteVarint(_next.Count);
        foreach (var (agent, next) in _next)
        {
            writer.WriteVarint(agent.Value);
            writer.WriteVarint(next);
        }

        return [.. writer.Written];
    }

    public bool Equals(TextVersion? other) => other is not null && _next.SequenceEqual(other._next);

    public override bool Equals(object? obj) => Equals(obj as TextVersion);

    public override int GetHashCode() => _next.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));
}
