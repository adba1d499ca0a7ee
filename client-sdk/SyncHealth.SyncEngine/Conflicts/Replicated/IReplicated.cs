using SyncHealth.Contracts;

namespace SyncHealth.SyncEngine.Conflicts.Replicated;

/// <summary>
/// A state that merges by itself: a state-based CRDT (Shapiro, Preguiça, Baquero and Zawirski, "A comprehensive study of Convergent and Commutative
/// Replicated Data Types", INRIA RR-7506, 2011). Immutable. <see cref="Merge"/> is commutative, associative and idempotent, so that devices agree whatever
/// they heard, in whatever order and however often.
/// </summary>
/// <typeparam name="TSelf">The state itself.</typeparam>
public interface IReplicated<TSelf>
    where TSelf : class, IReplicated<TSelf>
{
    /// <summary>Nothing done yet.</summary>
    static abstract TSelf Empty { get; }

    /// <summary>The name under which conflicts of such states are reported.</summary>
    static abstract ConflictStrategy Strategy { get; }

    /// <summary>Reads what <see cref="Encode"/> has written; false for anything else.</summary>
    static abstract bool TryDecode(string text, out TSelf state);

    /// <summary>Everything that either state has seen.</summary>
    TSelf Merge(TSelf other);

    /// <summary>Equal states have equal texts, on every device.</summary>
    string Encode();

    /// <summary>Whether what a state that went into this one has set is still seen; only a register loses something.</summary>
    bool Keeps(TSelf part) => true;

    /// <summary>The state as the server takes it: no time in it later than that of its record, which the server has bounded.</summary>
    /// <param name="millis">Milliseconds since 1970.</param>
    TSelf NotAfter(long millis) => (TSelf)this;
}
