// Imports graph files as Gephi's own window does, and prints what came back as JSON, one line a file.

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.graph.api.types.IntervalSet;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

public class GephiReads {
    public static void main(String[] files) throws Exception {
        for (String file : files) System.out.println(read(new File(file)));
        System.exit(0);
    }

    static String read(File file) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        Workspace workspace = projects.getCurrentWorkspace();
        ImportController importer = Lookup.getDefault().lookup(ImportController.class);
        Container container = importer.importFile(file);
        List<String> issues = new ArrayList<>();
        for (Issue issue : container.getReport().getIssuesList(1000))
            issues.add(quote(issue.getLevel() + ": " + issue.getMessage()));
        importer.process(container, new DefaultProcessor(), workspace);
        GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
        List<String> nodes = new ArrayList<>();
        for (Node node : model.getGraph().getNodes()) nodes.add(element(node, model.getNodeTable(), ""));
        List<String> edges = new ArrayList<>();
        for (Edge edge : model.getGraph().getEdges())
            edges.add(element(edge, model.getEdgeTable(), ",\"source\":" + quote(edge.getSource().getId().toString())
                + ",\"target\":" + quote(edge.getTarget().getId().toString())
                + ",\"directed\":" + edge.isDirected() + ",\"weight\":" + edge.getWeight()));
        return "{\"issues\":[" + String.join(",", issues) + "],\"dynamic\":" + model.isDynamic()
            + ",\"nodes\":[" + String.join(",", nodes) + "],\"edges\":[" + String.join(",", edges) + "]}";
    }

    static String element(Element element, Table table, String more) {
        StringBuilder text = new StringBuilder("{\"id\":" + quote(element.getId().toString())
            + ",\"label\":" + quote(element.getLabel()) + more);
        for (Column column : table)
            if (!column.isProperty() || column.getId().equals("timeset"))
                text.append(",").append(quote("@" + column.getTitle())).append(":").append(value(element, column));
        return text.append("}").toString();
    }

    static String value(Element element, Column column) {
        Object value = element.getAttribute(column);
        if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
        return quote(value.toString());
    }

    static String quote(String text) {
        if (text == null) return "null";
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray())
            quoted.append(c == '"' || c == '\\' ? "\\" + c : c < 32 || c > 126 ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        return quoted.append('"').toString();
    }
}
