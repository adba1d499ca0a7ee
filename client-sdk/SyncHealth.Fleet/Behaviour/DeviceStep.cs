namespace SyncHealth.Fleet.Behaviour;

/// <summary>One thing that a person does, fixed by the seed alone.</summary>
/// <param name="At">Fleet time.</param>
/// <param name="Action">What.</param>
/// <param name="Pick">From 0 to 1: which of the recent notes, when it is about one.</param>
/// <param name="Size">Characters of the body, notes of an import, or bytes of a photo.</param>
internal sealed record DeviceStep(TimeSpan At, DeviceAction Action, double Pick, int Size);
