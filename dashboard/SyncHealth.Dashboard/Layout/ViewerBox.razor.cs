using SyncHealth.Dashboard.Access;

namespace SyncHealth.Dashboard.Layout;

/// <summary>Who is signed in, or that nobody has to be.</summary>
public sealed partial class ViewerBox(Viewer viewer, AccessOptions options);
