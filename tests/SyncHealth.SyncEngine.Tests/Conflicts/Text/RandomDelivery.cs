namespace SyncHealth.SyncEngine.Tests.Conflicts.Text;

/// <summary>
/// Peers whose updates arrive late, twice, in any order, or only in the end. Every edit is one entry, so that the model, which knows only
/// elements, can tell as the document does when one is ready.
/// </summary>
internal sealed class RandomDelivery(int peers)
{
    private static readonly string[] Texts = ["a", "bc", "😀🙂", "xyz"];

    private readonly Peer[] _peers = [.. Enumerable.Range(0, peers).Select(index => new Peer((ulong)index))];
    private readonly List<Edit> _edits = [];

    public bool Live(Step[] session)
    {
        var arrived = _peers.Select(_ => new List<Edit>()).ToArray();
        foreach (var step in session)
        {
            var index = step.Peer % peers;
            if (step.Kind < 5)
                Make(_peers[index], step);
            else if (_edits.Count > 0)
                Deliver(_peers[index], _edits[step.Place % _edits.Count], arrived[index]);
            if (!_peers[index].Agrees)
                return false;
        }

        for (var index = 0; index < peers; index++)
            foreach (var edit in _edits.AsEnumerable().Reverse())
                Deliver(_peers[index], edit, arrived[index]);
        return _peers.All(peer => peer.Agrees && peer.Document.Waiting == 0 && peer.Document.ToString() == _peers[0].Document.ToString());
    }

    private void Make(Peer peer, Step step)
    {
        var from = peer.Document.NextSequence;
        if (step.Kind < 3)
        {
            var insertions = peer.Insert(step.Place % (peer.Document.Length + 1), Texts[step.Size % Texts.Length]);
            _edits.Add(new Edit(peer.Agent, from, insertions, null, peer.Document.EncodeOwn(from)));
        }
        else if (peer.Delete(step, most: 1) is [var target])
        {
            _edits.Add(new Edit(peer.Agent, from, [], target, peer.Document.EncodeOwn(from)));
        }
    }

    private static void Deliver(Peer peer, Edit edit, List<Edit> arrived)
    {
        peer.Document.Merge(edit.Update);
        arrived.Add(edit);
        while (arrived.Find(waiting => IsReady(peer.Model, waiting)) is { } ready)
        {
            arrived.Remove(ready);
            ready.Insertions.ForEach(peer.Model.Apply);
            if (ready.Target is { } target)
                peer.Model.Delete(ready.Agent, target);
        }
    }

    private static bool IsReady(FugueMaxModel model, Edit edit) =>
        edit.Seq == model.Next(edit.Agent) && model.Knows(edit.Target) && (edit.Insertions is not [var first, ..] || (model.Knows(first.Left) && model.Knows(first.Right)));

    private sealed record Edit(ulong Agent, int Seq, List<ModelInsertion> Insertions, (ulong Agent, int Seq)? Target, byte[] Update);
}
