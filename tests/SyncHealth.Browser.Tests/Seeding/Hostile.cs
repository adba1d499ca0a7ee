namespace SyncHealth.Browser.Tests.Seeding;

/// <summary>What somebody might call a device, a tag or an error to make a page run it.</summary>
internal static class Hostile
{
    private static readonly string[] Payloads =
    [
        "<script>window.hacked=1</script>", "<img src=x onerror=window.hacked=1>", "<svg onload=window.hacked=1>", "<iframe srcdoc='<script>parent.hacked=1</script>'>",
        "<a href=javascript:window.hacked=1>x</a>", "<details open ontoggle=window.hacked=1>", "<style>*{display:none}</style>", "<base href=//evil.example/>",
        "<form action=//evil.example><input name=q>", "<body onpageshow=window.hacked=1>", "javascript:window.hacked=1", "data:text/html,<script>1</script>",
        "{{constructor.constructor('window.hacked=1')()}}", "${window.hacked=1}", "@(1+1)", "&lt;script&gt;window.hacked=1&lt;/script&gt;",
        "%3Cscript%3Ewindow.hacked=1%3C/script%3E", "\u202Egnp.tset\u202C", "'; drop table synchealth.event; --", "</title></style></textarea><script>window.hacked=1</script>",
    ];

    private static readonly string[] Wrappings = ["{0}", "\"{0}", "'{0}", "{0}'\"><b>", "-->{0}<!--", "]]>{0}", "</td></tr>{0}", "\\\"{0}", " {0} ", "0{0}0"];

    /// <summary>Two hundred strings, each different.</summary>
    public static IReadOnlyList<string> Strings { get; } =
        [.. from payload in Payloads from wrapping in Wrappings select wrapping.Replace("{0}", payload, StringComparison.Ordinal)];
}
