using System.Text;

namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>
/// Reads the format of <see cref="UpdateFormat"/>. Any bytes may come: what is not exactly an update is refused, and nothing is allocated
/// that the bytes themselves do not pay for.
/// </summary>
internal ref struct UpdateReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;
    private bool _isBroken;

    /// <summary>The whole update, or why it is none.</summary>
    public static TextRefusal TryRead(ReadOnlySpan<byte> bytes, List<TextAgent> agents, List<RemoteEntry> entries)
    {
        if (bytes.Length > TextLimits.MaxUpdateBytes)
            return TextRefusal.OverLimit;
        if (bytes.IsEmpty)
            return TextRefusal.Malformed;
        if (bytes[0] != UpdateFormat.Version)
            return TextRefusal.UnknownFormat;
        var reader = new UpdateReader(bytes[1..]);
        return reader.TryReadBody(agents, entries) ? TextRefusal.None : TextRefusal.Malformed;
    }

    /// <summary>A varint in its shortest form, at most <paramref name="most"/>; after anything else the reader is broken and gives 0.</summary>
    public ulong ReadVarint(ulong most)
    {
        ulong value = 0;
        for (var index = 0; index < _rest.Length && index < 10; index++)
        {
            var current = _rest[index];
            value |= (ulong)(current & 0x7F) << (7 * index);
            if ((current & 0x80) != 0)
                continue;
            var isShortest = index == 0 || current != 0;
            var fits = index < 9 || current == 1;
            if (!isShortest || !fits || value > most)
                break;
            _rest = _rest[(index + 1)..];
            return value;
        }

        _isBroken = true;
        return 0;
    }

    /// <summary>A version to its end, or null.</summary>
    public TextVersion? ReadVersion()
    {
        var count = ReadCount(Math.Min(_rest.Length, TextLimits.MaxAgents));
        var next = new Dictionary<TextAgent, int>(count);
        for (var index = 0; index < count && !_isBroken; index++)
        {
            var agent = new TextAgent(ReadVarint(ulong.MaxValue));
            if (!next.TryAdd(agent, ReadCount(TextLimits.MaxSequence)))
                return null;
        }

        return _isBroken || !_rest.IsEmpty ? null : new TextVersion(next);
    }

    private int ReadCount(int most) => (int)ReadVarint((ulong)most);

    private bool TryReadBody(List<TextAgent> agents, List<RemoteEntry> entries)
    {
        if (!TryReadAgents(agents))
            return false;
        var sections = ReadCount(agents.Count);
        for (var section = 0; section < sections && !_isBroken; section++)
            ReadSection(section, agents.Count, entries);
        return !_isBroken && TryReadText(entries);
    }

    private bool TryReadAgents(List<TextAgent> agents)
    {
        // Each takes at least a byte, and none may stand there twice.
        var count = ReadCount(Math.Min(_rest.Length, TextLimits.MaxAgents));
        var seen = new HashSet<TextAgent>(count);
        for (var index = 0; index < count && !_isBroken; index++)
        {
            var agent = new TextAgent(ReadVarint(ulong.MaxValue));
            if (!seen.Add(agent))
                return false;
            agents.Add(agent);
        }

        return !_isBroken;
    }

    private void ReadSection(int section, int agents, List<RemoteEntry> entries)
    {
        var seq = ReadCount(TextLimits.MaxSequence);
        var count = ReadCount(_rest.Length);
        ElementId? right = null;
        for (var index = 0; index < count && !_isBroken; index++)
        {
            var head = ReadVarint(ulong.MaxValue);
            var isDeletion = (head & UpdateFormat.DeletionBit) != 0;
            var length = head >> (isDeletion ? UpdateFormat.DeletionLengthShift : UpdateFormat.InsertionLengthShift);
            if (length == 0 || length > (ulong)(TextLimits.MaxSequence - seq) || (!isDeletion && length > (ulong)_rest.Length))
            {
                _isBroken = true;
                return;
            }

            RemoteEntry entry = isDeletion ? ReadDeletion(section, agents, seq, (int)length, (int)head) : ReadInsertion(section, agents, seq, (int)length, (int)head, ref right);
            entries.Add(entry);
            seq += (int)length;
        }
    }

    private RemoteInsertion ReadInsertion(int section, int agents, int seq, int length, int head, ref ElementId? previousRight)
    {
        var left = ((head >> UpdateFormat.LeftShift) & UpdateFormat.OriginMask) switch
        {
            UpdateFormat.Given => ReadId(section, agents, seq),
            UpdateFormat.AsBefore when seq > 0 => new ElementId(section, seq - 1),
            UpdateFormat.AtEnd => ElementId.None,
            _ => Broken(),
        };
        var right = ((head >> UpdateFormat.RightShift) & UpdateFormat.OriginMask) switch
        {
            UpdateFormat.Given => ReadId(section, agents, seq),
            UpdateFormat.AsBefore when previousRight is { } previous => previous,
            UpdateFormat.AtEnd => ElementId.None,
            _ => Broken(),
        };
        previousRight = right;
        return new RemoteInsertion { Agent = section, Seq = seq, Length = length, Left = left, Right = right };
    }

    private RemoteDeletion ReadDeletion(int section, int agents, int seq, int length, int head)
    {
        var target = ReadId(section, agents, seq);
        if (length > (target.Agent == section ? seq : TextLimits.MaxSequence) - target.Seq)
            _isBroken = true;
        return new RemoteDeletion
        {
            Agent = section,
            Seq = seq,
            Length = length,
            TargetAgent = target.Agent,
            TargetSeq = target.Seq,
            IsBackward = (head & UpdateFormat.BackwardBit) != 0,
        };
    }

    /// <summary>An element; one of the author's own is always older than the entry that names it.</summary>
    private ElementId ReadId(int section, int agents, int seq)
    {
        var value = ReadVarint(2ul * TextLimits.MaxSequence + 1);
        var number = (int)(value >> 1);
        if ((value & 1) == 0)
            return number > 0 && number <= seq ? new ElementId(section, seq - number) : Broken();
        var agent = ReadCount(agents - 1);
        return agent != section && number < TextLimits.MaxSequence ? new ElementId(agent, number) : Broken();
    }

    private ElementId Broken()
    {
        _isBroken = true;
        return new ElementId(0, 0);
    }

    /// <summary>Gives every insertion its code points; all of the text has to be used.</summary>
    private readonly bool TryReadText(List<RemoteEntry> entries)
    {
        var text = new char[_rest.Length];
        int units;
        try
        {
            units = StrictUtf8.GetChars(_rest, text);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        ReadOnlyMemory<char> rest = text.AsMemory(0, units);
        foreach (var entry in entries)
        {
            if (entry is not RemoteInsertion insertion)
                continue;
            if (insertion.Length > rest.Length)
                return false;
            var taken = CodePoints.UnitsOf(rest.Span, insertion.Length);
            if (taken > rest.Length)
                return false;
            insertion.Text = rest[..taken];
            rest = rest[taken..];
        }

        return rest.IsEmpty;
    }
}
