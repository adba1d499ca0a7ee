namespace SyncHealth.SyncEngine.Conflicts.Text;

/// <summary>
/// The bytes of an update. All numbers are LEB128 varints in their shortest form.
/// <code>
/// update    = version, agents, agent*, sections, section*, text (UTF-8 of all insertions, to the end)
/// section   = first sequence number, entries, entry*        (section n is by agent n of the table)
/// insertion = head (bit 0: 0, bits 1-2: left origin, bits 3-4: right origin, from bit 5: length), left?, right?
/// deletion  = head (bit 0: 1, bit 1: backward, from bit 2: length), lowest target
/// id        = distance back × 2                             (of the section's own agent)
///           | sequence number × 2 + 1, agent's place in the table
/// </code>
/// </summary>
internal static class UpdateFormat
{
    public const byte Version = 1;

    /// <summary>The origin follows.</summary>
    public const int Given = 0;

    /// <summary>Left: the sequence number before. Right: that of the insertion before in this section.</summary>
    public const int AsBefore = 1;

    /// <summary>An end of the document.</summary>
    public const int AtEnd = 2;

    public const int DeletionBit = 1;
    public const int BackwardBit = 2;
    public const int LeftShift = 1;
    public const int RightShift = 3;
    public const int OriginMask = 3;
    public const int InsertionLengthShift = 5;
    public const int DeletionLengthShift = 2;
}
