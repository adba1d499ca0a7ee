namespace SyncHealth.Samples.Notes.Phones;

/// <summary>A phone on the shelf. Guarded by the shelf's lock.</summary>
internal sealed class PhoneSlot(Phone phone)
{
    public Phone Phone { get; } = phone;

    /// <summary>Pages that show it.</summary>
    public int Holders { get; set; }

    /// <summary>Real timestamp since which nobody does.</summary>
    public long IdleSince { get; set; }
}
