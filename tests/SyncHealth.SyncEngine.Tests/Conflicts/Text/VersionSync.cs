using SyncHealth.SyncEngine.Conflicts.Text;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text;

/// <summary>Peers that edit and now and then ask another one for all that they lack.</summary>
internal sealed class VersionSync(int peers)
{
    private readonly Peer[] _peers = [.. Enumerable.Range(0, peers).Select(index => new Peer((ulong)index))];
    private readonly List<(ulong Agent, int Seq, ModelInsertion? Insertion, (ulong Agent, int Seq) Target)> _history = [];

    public bool Live(Step[] session)
    {
        foreach (var step in session)
            if (!Take(step))
                return false;
        for (var round = 0; round < 2; round++)
            for (var index = 0; index < peers; index++)
                Pull(_peers[index], _peers[(index + 1) % peers]);
        foreach (var peer in _peers)
            foreach (var other in _peers)
                Pull(peer, other);
        return _peers.All(peer => peer.Agrees && peer.Document.ToString() == _peers[0].Document.ToString());
    }

    public byte[] StateOf(int peer) => _peers[peer].Document.EncodeSince(TextVersion.Empty);

    public bool Take(Step step)
    {
        var peer = _peers[step.Peer % peers];
        var from = peer.Document.NextSequence;
        if (step.Kind < 5)
            _history.AddRange(peer.Insert(step).Select(insertion => (peer.Agent, insertion.Id.Seq, (ModelInsertion?)insertion, default((ulong, int)))));
        else if (step.Kind < 8)
            _history.AddRange(peer.Delete(step, most: 5).Select((target, index) => (peer.Agent, from + index, default(ModelInsertion?), target)));
        else
            Pull(peer, _peers[(step.Peer + 1 + step.Size % (peers - 1)) % peers]);
        return peer.Agrees;
    }

    /// <summary>The history is in an order in which everything was possible, so the model takes from it what the other one knows.</summary>
    private void Pull(Peer peer, Peer other)
    {
        var update = other.Document.EncodeSince(TextVersion.Decode(peer.Document.Version.Encode())!);
        peer.Document.Merge(update);
        foreach (var (agent, seq, insertion, target) in _history)
        {
            if (seq >= other.Model.Next(agent) || seq < peer.Model.Next(agent))
                continue;
            if (insertion is not null)
                peer.Model.Apply(insertion);
            else
                peer.Model.Delete(agent, target);
        }
    }
}
