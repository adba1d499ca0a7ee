using System.Runtime.InteropServices;

namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>Writes what agents did from given sequence numbers on, in the format of <see cref="UpdateFormat"/>.</summary>
internal sealed class UpdateWriter(TextSequence sequence)
{
    private readonly ByteWriter _entries = new();
    private readonly ByteWriter _body = new();
    private readonly ByteWriter _text = new();
    private readonly ByteWriter _head = new();
    private readonly List<int> _table = [];
    private readonly Dictionary<int, int> _places = [];
    private int _sections;

    /// <summary>Starts an update. Every author has to be announced before the first section.</summary>
    public void Begin(ReadOnlySpan<int> authors)
    {
        _body.Clear();
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
        _entries.Clear();
        var first = from;
        var count = 0;
        ElementId? right = null;
        for (; from < log.Next; count++)
        {
            if (log.Find(from) is Run run)
            {
                from = WriteInsertion(log, run, from, right);
                right = run.Right;
            }
            else
            {
                from = WriteDeletion((Deletion)log.Find(from), author, from);
            }
        }

        _body.WriteVarint(first);
        _body.WriteVarint(count);
        _body.Write(_entries.Written);
    }

    public byte[] End()
    {
        _head.Clear();
        _head.WriteByte(UpdateFormat.Version);
        _head.WriteVarint(_table.Count);
        foreach (var agent in _table)
            _head.WriteVarint(sequence.Logs[agent].Agent.Value);
        _head.WriteVarint(_sections);
        return [.. _head.Written, .. _body.Written, .. _text.Written];
    }

    /// <summary>Writes a run with those that once were one with it, however they have been cut since; the sequence number behind them.</summary>
    private int WriteInsertion(AgentLog log, Run run, int from, ElementId? previousRight)
    {
        var offset = from - run.Seq;
        var before = new ElementId(run.Agent, from - 1);
        var left = offset > 0 ? before : run.Left;
        _text.WriteText(log.TextOf(run, offset));
        var end = run.End;
        while (end < log.Next && log.Find(end) is Run next && next.Left == new ElementId(run.Agent, end - 1) && next.Right == run.Right)
        {
            _text.WriteText(log.TextOf(next, 0));
            end = next.End;
        }

        var leftMode = left.IsNone ? UpdateFormat.AtEnd : left == before ? UpdateFormat.AsBefore : UpdateFormat.Given;
        var rightMode = run.Right.IsNone ? UpdateFormat.AtEnd : run.Right == previousRight ? UpdateFormat.AsBefore : UpdateFormat.Given;
        _entries.WriteVarint(
            ((ulong)(end - from) << UpdateFormat.InsertionLengthShift) | ((uint)leftMode << UpdateFormat.LeftShift) | ((uint)rightMode << UpdateFormat.RightShift));
        if (leftMode == UpdateFormat.Given)
            WriteId(left, run.Agent, from);
        if (rightMode == UpdateFormat.Given)
            WriteId(run.Right, run.Agent, from);
        return end;
    }

    private int WriteDeletion(Deletion deletion, int author, int from)
    {
        var skipped = from - deletion.Seq;
        var backward = deletion.IsBackward ? UpdateFormat.BackwardBit : 0;
        _entries.WriteVarint(((ulong)(deletion.Length - skipped) << UpdateFormat.DeletionLengthShift) | (uint)(UpdateFormat.DeletionBit | backward));
        WriteId(new ElementId(deletion.TargetAgent, deletion.TargetSeq + (deletion.IsBackward ? 0 : skipped)), author, from);
        return deletion.End;
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
