using System.Runtime.InteropServices;

namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>Writes what agents did from given sequence numbers on, in the format of <see cref="UpdateFormat"/>.</summary>
internal sealed class UpdateWriter(TextSequence sequence)
{
    private readonly ByteWriter _entries = new();
    private readonly ByteWriter _text = new();
    private readonly ByteWriter _head = new();
    private readonly List<int> _table = [];
    private readonly Dictionary<int, int> _places = [];
    private int _sections;

    /// <summary>Starts an update. Every author has to be announced before the first section.</summary>
    public void Begin(ReadOnlySpan<int> authors)
    {
        _entries.Clear();
        _text.Clear();
        _table.Clear();
        _places.Clear();
        _sections = 0;
        foreach (var author in authors)
            PlaceOf(author);
    }

    /// <summary>Adds all of the next announced author's sequence numbers from one on.</summary>
    public void WriteSection(int from)
    {
        var author = _table[_sections++];
        var log = sequence.Logs[author];
        _entries.WriteVarint(from);
        _entries.WriteVarint(CountEntries(log, from));
        var right = default(ElementId?);
        while (from < log.Next)
        {
            var entry = log.Find(from);
            if (entry is Run run)
            {
                WriteInsertion(log, run, from, right);
                right = run.Right;
            }
            else
            {
                WriteDeletion((Deletion)entry, author, from);
            }

            from = entry.End;
        }
    }

    public byte[] End()
    {
        _head.Clear();
        _head.WriteByte(UpdateFormat.Version);
        _head.WriteVarint(_table.Count);
        foreach (var agent in _table)
            _head.WriteVarint(sequence.Logs[agent].Agent.Value);
        _head.WriteVarint(_sections);
        return [.. _head.Written, .. _entries.Written, .. _text.Written];
    }

    private static int CountEntries(AgentLog log, int from)
    {
        var count = 0;
        for (; from < log.Next; from = log.Find(from).End)
            count++;
        return count;
    }

    private void WriteInsertion(AgentLog log, Run run, int from, ElementId? previousRight)
    {
        var offset = from - run.Seq;
        var left = offset > 0 ? new ElementId(run.Agent, from - 1) : run.Left;
        var leftMode = left.IsNone ? UpdateFormat.AtEnd : left == new ElementId(run.Agent, from - 1) ? UpdateFormat.AsBefore : UpdateFormat.Given;
        var rightMode = run.Right.IsNone ? UpdateFormat.AtEnd : run.Right == previousRight ? UpdateFormat.AsBefore : UpdateFormat.Given;
        _entries.WriteVarint(
            ((ulong)(run.End - from) << UpdateFormat.InsertionLengthShift) | ((uint)leftMode << UpdateFormat.LeftShift) | ((uint)rightMode << UpdateFormat.RightShift));
        if (leftMode == UpdateFormat.Given)
            WriteId(left, run.Agent, from);
        if (rightMode == UpdateFormat.Given)
            WriteId(run.Right, run.Agent, from);
        _text.WriteText(log.TextOf(run, offset));
    }

    private void WriteDeletion(Deletion deletion, int author, int from)
    {
        var skipped = from - deletion.Seq;
        var backward = deletion.IsBackward ? UpdateFormat.BackwardBit : 0;
        _entries.WriteVarint(((ulong)(deletion.Length - skipped) << UpdateFormat.DeletionLengthShift) | (uint)(UpdateFormat.DeletionBit | backward));
        WriteId(new ElementId(deletion.TargetAgent, deletion.TargetSeq + (deletion.IsBackward ? 0 : skipped)), author, from);
    }

    private void WriteId(ElementId id, int author, int from)
    {
        if (id.Agent == author)
        {
            _entries.WriteVarint((ulong)(from - id.Seq) << 1);
            return;
        }

        _entries.WriteVarint(((ulong)id.Seq << 1) | 1);
        _entries.WriteVarint(PlaceOf(id.Agent));
    }

    private int PlaceOf(int agent)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, agent, out var isKnown);
        if (!isKnown)
        {
            place = _table.Count;
            _table.Add(agent);
        }

        return place;
    }
}
