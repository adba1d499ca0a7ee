namespace SyncHealth.Faults.Tests.Identity;

/// <summary>How a batch comes once more.</summary>
internal enum ResendKind
{
    /// <summary>Not at all: the first copy, which need not be the first to arrive.</summary>
    First = 1,

    /// <summary>As it was.</summary>
    Whole,

    /// <summary>Half of it.</summary>
    Split,

    /// <summary>Its events in another order.</summary>
    Shuffled,

    /// <summary>Mixed with another batch of its device.</summary>
    Merged,
}
