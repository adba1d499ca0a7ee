using System.Text;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text;

/// <summary>
/// FugueMax as the paper writes it: a tree with one node an element, walked whole for every question. Slow, and short enough to be read
/// beside the paper (Weidner and Kleppmann 2023, algorithm 1 with the order of right-side siblings of FugueMax).
/// </summary>
internal sealed class FugueMaxModel(ulong agent)
{
    private readonly ModelNode _root = new(null);
    private readonly Dictionary<(ulong Agent, int Seq), ModelNode> _nodes = [];
    private readonly Dictionary<ulong, int> _next = [];

    public override string ToString() => string.Concat(Walk().Where(node => !node.IsDeleted).Select(node => node.Insertion!.Value.ToString()));

    public int Next(ulong author) => _next.GetValueOrDefault(author);

    /// <summary>Takes a sequence number by hand: an agent of a trace may work in two places.</summary>
    public void GoOnWith(int seq) => _next[agent] = seq;

    public ModelInsertion Insert(int position, Rune value)
    {
        var order = Walk();
        var left = position == 0 ? _root : order.Where(node => !node.IsDeleted).ElementAt(position - 1);
        var right = left == _root ? order.FirstOrDefault(node => node != _root) : order.ElementAtOrDefault(order.IndexOf(left) + 1);
        var insertion = new ModelInsertion((agent, Next(agent)), value, left.Insertion?.Id, right?.Insertion?.Id, left.RightChildren.Count > 0);
        Apply(insertion);
        return insertion;
    }

    /// <summary>Deletes a visible element; its id.</summary>
    public (ulong Agent, int Seq) Delete(int position)
    {
        var target = Walk().Where(node => !node.IsDeleted).ElementAt(position).Insertion!.Id;
        Delete(agent, target);
        return target;
    }

    public bool Knows((ulong Agent, int Seq)? id) => id is not { } known || _nodes.ContainsKey(known);

    public void Apply(ModelInsertion insertion)
    {
        var node = new ModelNode(insertion);
        if (insertion.IsLeftChild)
        {
            var siblings = _nodes[insertion.Right!.Value].LeftChildren;
            siblings.Insert(siblings.TakeWhile(other => other.Insertion!.Id.CompareTo(insertion.Id) < 0).Count(), node);
        }
        else
        {
            var order = Walk();
            var siblings = (insertion.Left is { } left ? _nodes[left] : _root).RightChildren;
            siblings.Insert(siblings.TakeWhile(other => StandsBefore(other.Insertion!, insertion, order)).Count(), node);
        }

        _nodes.Add(insertion.Id, node);
        _next[insertion.Id.Agent] = insertion.Id.Seq + 1;
    }

    public void Delete(ulong author, (ulong Agent, int Seq) target)
    {
        _nodes[target].IsDeleted = true;
        _next[author] = Next(author) + 1;
    }

    /// <summary>Right-side siblings: the reverse order of their right origins, then by id.</summary>
    private bool StandsBefore(ModelInsertion other, ModelInsertion insertion, List<ModelNode> order)
    {
        var difference = PlaceOf(insertion.Right, order) - PlaceOf(other.Right, order);
        return difference != 0 ? difference < 0 : other.Id.CompareTo(insertion.Id) < 0;
    }

    private int PlaceOf((ulong Agent, int Seq)? right, List<ModelNode> order) => right is { } id ? order.IndexOf(_nodes[id]) : int.MaxValue;

    private List<ModelNode> Walk()
    {
        var order = new List<ModelNode>();
        Visit(_root);
        return order;

        void Visit(ModelNode node)
        {
            node.LeftChildren.ForEach(Visit);
            order.Add(node);
            node.RightChildren.ForEach(Visit);
        }
    }
}
