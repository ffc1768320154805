import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.naturalli.NaturalLogicAnnotations;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Prints the seconds that CoreNLP's OpenIE with coreference takes for texts parted by NUL, and its triples. */
public class OpenIE {
  public static void main(String[] arguments) throws Exception {
    Properties options = new Properties();
    options.setProperty("annotators", "tokenize,pos,lemma,ner,depparse,coref,natlog,openie");
    options.setProperty("openie.resolve_coref", "true");
    StanfordCoreNLP pipeline = new StanfordCoreNLP(options);
    count(pipeline, "Norway met Kenya. It praised the talks.");
    String[] texts = Files.readString(Path.of(arguments[0])).split("\0");
    long started = System.nanoTime();
    int found = 0;
    for (String text : texts) found += count(pipeline, text);
    System.out.println((System.nanoTime() - started) / 1e9 + " " + found);
  }

  private static int count(StanfordCoreNLP pipeline, String text) {
    Annotation document = new Annotation(text);
    pipeline.annotate(document);
    return document.get(CoreAnnotations.SentencesAnnotation.class).stream()
        .mapToInt(s -> s.get(NaturalLogicAnnotations.RelationTriplesAnnotation.class).size()).sum();
  }
}
