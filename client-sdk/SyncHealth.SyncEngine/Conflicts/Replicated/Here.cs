using SyncHealth.SyncEngine.Conflicts.Text;

namespace SyncHealth.SyncEngine.Conflicts.Replicated;

/// <summary>Where and when an edit of a replicated state is made.</summary>
/// <param name="Device">This device.</param>
/// <param name="Agent">Writer of texts: new at every start of the app, so that a database restored from an old copy gives no number away twice.</param>
/// <param name="Now">By this device's clock.</param>
public readonly record struct Here(string Device, TextAgent Agent, DateTimeOffset Now);
